import { describe, expect, it } from 'vitest';
import { checkUnit, type Traced, type Words } from '../../lib/checks';
import { type FleetOptions, resolveFleet } from '../../lib/fleet';
import type { Manifest } from '../../lib/gitops/manifest';
import type { Homeserver } from '../../lib/homeserver/homeserver';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { homeserver, main } from '../fixtures/fixture';

function judge(manifest: Manifest, more: Record<string, unknown> = {}, defaults: Record<string, unknown> = {}) {
  const options = homeserver('demo', 30011, more) as unknown as HomeserverOptions;
  const words: [Words, ...Words[]] = [{ file: 'instances/demo.ts', path: '[0]', options }, { file: 'main.ts', path: 'defaults', options: defaults }];
  const [model] = resolveFleet('main.ts', { ...main, defaults } as unknown as FleetOptions, [{ file: 'instances/demo.ts', options }]).homeservers;
  const document = { path: 'manifests/x/x.yaml', origin: 'instances/demo.ts', manifest, bundled: false };
  const found = checkUnit({ documents: [document], files: [] }, { model, words } as Traced<Homeserver>, '1.32');
  return found.map(({ file, path }) => `${file}: ${path}`);
}

const claim = (storageClassName: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'media', namespace: 'matrix-demo' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: '1Gi' } } },
});

const ess = (valuesObject: Record<string, unknown>): Manifest => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'matrix-demo', namespace: 'argocd' },
  spec: {
    project: 'x',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'matrix-demo' },
    source: { repoURL: 'ghcr.io/element-hq/ess-helm', chart: 'matrix-stack', targetRevision: '26.8.1', helm: { valuesObject: { serverName: 'example.org', synapse: { enabled: false }, ...valuesObject } } },
  },
});

const off = Object.fromEntries(['matrixAuthenticationService', 'elementWeb', 'elementAdmin', 'matrixRTC', 'wellKnownDelegation'].map((name) => [name, { enabled: false }]));

describe('a fault of a generated object', () => {
  it('is the user\'s, where the value is: in the instance file, or among the defaults', () => {
    expect(judge(claim('Slow_Disk'), { synapse: { media: { storageClass: 'Slow_Disk' } } })).toEqual(['instances/demo.ts: [0].synapse.media.storageClass']);
    expect(judge(claim('Slow_Disk'), {}, { synapse: { media: { storageClass: 'Slow_Disk' } } })).toEqual(['main.ts: defaults.synapse.media.storageClass']);
  });

  it('is the user\'s, where the object is theirs', () => {
    const own = { ...claim('Slow_Disk'), metadata: { name: 'media' } };
    expect(judge(claim('Slow_Disk'), { manifests: [own] })).toEqual(['instances/demo.ts: [0].manifests[0].spec.storageClassName']);
  });

  it('is the user\'s, where the raw value is', () => {
    expect(judge(ess({ ...off, sinapse: 1 }), { values: { sinapse: 1 } })).toEqual(['instances/demo.ts: [0].values.sinapse']);
    expect(judge(ess({ ...off, sinapse: 1 }), {}, { values: { sinapse: 1 } })).toEqual(['main.ts: defaults.values.sinapse']);
  });

  it('is a bug of ours otherwise', () => {
    expect(() => judge(claim('Slow_Disk'))).toThrow('manifests/x/x.yaml: spec.storageClassName: "Slow_Disk" is not a DNS name');
    expect(() => judge(ess({ ...off, sinapse: 1 }))).toThrow('sinapse: no such key');
  });

  it('is no bug beside a mistake of the user\'s, of which it may be a consequence', () => {
    expect(judge(ess({ ...off, sinapse: 1, zzz: 1 }), { values: { sinapse: 1 } })).toEqual(['instances/demo.ts: [0].values.sinapse']);
  });
});
