import { expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { PlatformUnit } from '../../lib/platform/unit';
import { platform } from './example';

const { documents } = emit(new PlatformUnit(platform()));

it('every storage and priority class of ours is there once, before whatever names it', () => {
  const classes = documents.filter(({ manifest }) => ['StorageClass', 'PriorityClass'].includes(manifest.kind)).map(({ manifest }) => manifest.metadata.name);
  expect(classes.sort()).toEqual(['fleet-bulk-retain', 'fleet-database', 'fleet-fast-retain', 'fleet-homeserver', 'fleet-monitoring', 'fleet-platform']);
  const wave = (name: string) => Number(documents.find(({ path }) => path === `argocd/apps/platform/${name}.yaml`)!.manifest.metadata.annotations!['argocd.argoproj.io/sync-wave']);
  for (const later of ['traefik', 'postgres', 'loki']) expect(wave('foundation')).toBeLessThan(wave(later));
});

it('pods that name no class count as a homeserver\'s', () => {
  const byDefault = documents.filter(({ manifest }) => manifest['globalDefault'] === true).map(({ manifest }) => manifest.metadata.name);
  expect(byDefault).toEqual(['fleet-homeserver']);
});
