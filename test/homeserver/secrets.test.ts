import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { sealedValues } from '../../lib/secrets/sealed';
import type { SecretSources } from '../../lib/secrets/ways';
import { demoSealed } from '../fixtures/sealed';
import { demo, repository } from './example';

const sources: SecretSources = { sealed: sealedValues(demoSealed), store: { folderId: 'b1gabc' }, vaultPlugin: { name: 'avp', path: 'secret/data/fleet' } };
const emitted = (own: Partial<HomeserverOptions>) => emit(new HomeserverUnit(demo(own, {}, { secretSources: sources }), repository));
const application = (own: Partial<HomeserverOptions>, name: string): any => emitted(own).documents.find(({ path }) => path === `argocd/apps/homeservers/${name}.yaml`)?.manifest;
const inFolder = (own: Partial<HomeserverOptions>, folder: string) =>
  emitted(own).documents.filter(({ path }) => path.startsWith(`manifests/${folder}/`)).map(({ manifest: { kind, metadata } }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort();

describe('the Secrets of a homeserver', () => {
  it('are a list for secrets.sh, and no Application, where nothing is said', () => {
    expect(emitted({}).files.map(({ path }) => path)).toEqual(['bootstrap/secrets/matrix-demo.list']);
    expect([application({}, 'matrix-demo-secrets'), application({}, 'matrix-demo-passwords')]).toEqual([undefined, undefined]);
  });

  it.each([['sealed', 'SealedSecret'], ['external', 'ExternalSecret'], ['vault-plugin', 'Secret']] as const)('come %s in Applications of their own: passwords by the databases\' project, its own by its own', (secrets, kind) => {
    expect(emitted({ secrets }).files).toEqual([]);
    expect(inFolder({ secrets }, 'matrix-demo-passwords').filter((name) => name.startsWith(kind))).toEqual([`${kind} cnpg/mas-demo`, `${kind} cnpg/synapse-demo`]);
    expect(inFolder({ secrets }, 'matrix-demo-secrets')).toContain(`${kind} matrix-demo/matrix-demo-databases`);
    expect(application({ secrets }, 'matrix-demo-passwords').spec).toMatchObject({ project: 'databases', destination: { namespace: 'cnpg' } });
    expect(application({ secrets }, 'matrix-demo-secrets').spec).toMatchObject({ project: 'matrix-demo', destination: { namespace: 'matrix-demo' } });
    expect(application({ secrets }, 'matrix-demo-secrets').spec.source.plugin).toEqual(secrets === 'vault-plugin' ? { name: 'avp' } : undefined);
  });

  it('are there whatever becomes of its processes', () => {
    for (const state of ['stopped', 'retired'] as const) expect(inFolder({ secrets: 'sealed', state }, 'matrix-demo-passwords')).toHaveLength(2);
  });

  it('are left out as long as a value is missing', () => {
    expect(inFolder({ secrets: 'sealed', origin: { restoredFrom: 'ess' } }, 'matrix-demo-secrets')).toEqual(['SealedSecret matrix-demo/matrix-demo-databases']);
  });

  it('take placeholders of the user\'s along, which no plugin would see elsewhere', () => {
    const manifests = [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'mine' }, stringData: { a: '<path:secret/data/x#a>' } }, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' } }];
    expect(inFolder({ secrets: 'vault-plugin', manifests }, 'matrix-demo-secrets')).toContain('Secret matrix-demo/mine');
    expect(inFolder({ secrets: 'vault-plugin', manifests }, 'matrix-demo-base')).toContain('ConfigMap matrix-demo/mine');
    expect(inFolder({ secrets: 'vault-plugin', manifests }, 'matrix-demo-base')).not.toContain('Secret matrix-demo/mine');
  });
});
