import { describe, expect, it } from 'vitest';
import type { Change, ObjectChange } from '../../lib/diff/change';
import { fieldChanges } from '../../lib/diff/fields';
import { meaningsOf } from '../../lib/diff/meanings';
import type { Manifest } from '../../lib/gitops/manifest';

const owner = { kind: 'homeserver', name: 'demo' } as const;
const object = (apiVersion: string, kind: string, rest: object, metadata: object = {}): Manifest => ({ apiVersion, kind, metadata: { name: 'a', namespace: 'n', ...metadata }, ...rest });
const changes = (before: Manifest, after: Manifest): ObjectChange => ({ what: 'changes', path: 'manifests/a/a.yaml', owner, before, after, fields: [...fieldChanges(before, after)] });
const told = (change: Change, all: readonly Change[] = [change]) => meaningsOf(change, all).map(({ level, text }) => `${level}: ${text}`);
const ess = (values: object, version = '26.8.1') => object('argoproj.io/v1alpha1', 'Application', { spec: { source: { chart: 'matrix-stack', targetRevision: version, helm: { valuesObject: values } } } });
const cluster = (spec: object) => object('postgresql.cnpg.io/v1', 'Cluster', { spec });
const keep = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } };

/** Every sentence that the issue asks for: the change, and what is told of it, the worst first. */
const sentences: readonly (readonly [string, Change, readonly string[]])[] = [
  ['resources of Synapse', changes(ess({ synapse: { resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } } } }), ess({ synapse: { resources: { limits: { memory: '2Gi' }, requests: { memory: '2Gi' } } } })),
    ['outage: restarts Synapse of demo']],
  ['a port of calls', changes(ess({ matrixRTC: { sfu: { exposedServices: { rtcTcp: { port: 30013 } } } } }), ess({ matrixRTC: { sfu: { exposedServices: { rtcTcp: { port: 30021 } } } } })),
    ['outage: restarts the SFU of demo and drops running calls', 'action: moves the RTC ports of demo: open 30021/tcp in the firewall, then close 30013/tcp']],
  ['a host', changes(ess({ elementAdmin: { ingress: { host: 'a.example.org' } } }), ess({ elementAdmin: { ingress: { host: 'b.example.org' } } })),
    ['action: new DNS name needed: b.example.org → the proxy; a.example.org is served no more', 'effect: asks for a certificate for the new name of demo']],
  ['replicas', changes(ess({ haproxy: { replicas: 1 } }), ess({ haproxy: { replicas: 2 } })), ['effect: runs 2 pods of HAProxy of demo instead of 1; nothing restarts']],
  ['a part that is off', changes(ess({ hookshot: { enabled: false, resources: { limits: { memory: '1Gi' } } } }), ess({ hookshot: { enabled: false, resources: { limits: { memory: '2Gi' } } } })), ['effect: prepares a part of demo that is off']],
  ['a part that starts', changes(ess({ hookshot: { enabled: false } }), ess({ hookshot: { enabled: true, resources: { limits: { memory: '2Gi' } } } })),
    ['outage: restarts Synapse of demo', 'effect: starts Hookshot of demo']],
  ['a part that stops', changes(ess({ hookshot: { enabled: true, resources: { limits: { memory: '2Gi' } } } }), ess({ hookshot: { enabled: false } })),
    ['outage: stops Hookshot of demo', 'outage: restarts Redis of demo', 'outage: restarts Synapse of demo']],
  ['MAS that stops', changes(ess({ matrixAuthenticationService: { postgres: { database: 'mas_demo', host: 'pg' }, replicas: 1 } }), ess({ matrixAuthenticationService: { enabled: false } })),
    ['loss: stops Matrix Authentication Service of demo, which has its accounts: nobody can log in, since Synapse does not know them',
      'outage: restarts Element Web of demo', 'outage: restarts HAProxy of demo, through which everything reaches Synapse', 'outage: restarts Synapse of demo']],
  ['a chart that goes back', changes(ess({}, '26.8.1'), ess({}, '26.7.2')),
    ['loss: demo: goes back from matrix-stack 26.8.1 to 26.7.2; what the newer version has changed in databases and volumes, the older one may not read']],
  ['a parameter that needs a restart', changes(cluster({ postgresql: { parameters: { max_connections: '200' } } }), cluster({ postgresql: { parameters: { max_connections: '300' } } })),
    ['outage: restarts PostgreSQL a one instance after the other; the homeservers lose it for a moment']],
  ['a parameter that is reloaded', changes(cluster({ postgresql: { parameters: { work_mem: '4MB' } } }), cluster({ postgresql: { parameters: { work_mem: '8MB' } } })),
    ['effect: PostgreSQL a reads work_mem 8MB instead of 4MB without a restart']],
  ['a major version of PostgreSQL', changes(cluster({ imageName: 'p:17.2-a' }), cluster({ imageName: 'p:18.4-a' })),
    ['loss: moves PostgreSQL a from p:17.2-a to another major version, p:18.4-a: it is down while its files are converted, and there is no way back but a backup']],
  ['a smaller volume', changes(cluster({ storage: { size: '50Gi' } }), cluster({ storage: { size: '20Gi' } })),
    ['loss: asks for less than the volumes of PostgreSQL a have: 20Gi instead of 50Gi; volumes cannot shrink, and the operator refuses it']],
  ['an immutable field', changes(object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'a' } }), object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'b' } })),
    ['refused: refused by the API server: spec.storageClassName of PersistentVolumeClaim n/a cannot change; it would have to be made anew']],
  ['a claim that grows', changes(object('v1', 'PersistentVolumeClaim', { spec: { resources: { requests: { storage: '1Gi' } } } }), object('v1', 'PersistentVolumeClaim', { spec: { resources: { requests: { storage: '2Gi' } } } })),
    ['effect: grows the volume of PersistentVolumeClaim n/a from 1Gi to 2Gi; it cannot shrink again']],
  ['protection that is lifted', changes(object('v1', 'ConfigMap', {}, keep), object('v1', 'ConfigMap', {})), ['loss: lifts the protection of ConfigMap n/a: once its file goes, Argo CD deletes it']],
  ['a port of the proxy', changes(object('v1', 'Service', { spec: { ports: [{ name: 'http', port: 8008, nodePort: 31435 }] } }, { name: 'proxy-synapse' }), object('v1', 'Service', { spec: { ports: [{ name: 'http', port: 8008, nodePort: 31436 }] } }, { name: 'proxy-synapse' })),
    ['outage: the proxy gets nowhere by the old port of Service n/proxy-synapse', 'action: moves a port of the proxy from 31435 to 31436: matrix-fleet proxy says what to change there']],
  ['a chart that is called like what every object has', changes(
    object('argoproj.io/v1alpha1', 'Application', { spec: { source: { chart: 'constructor', targetRevision: '1.0.0', helm: { valuesObject: { a: 1 } } } } }),
    object('argoproj.io/v1alpha1', 'Application', { spec: { source: { chart: 'constructor', targetRevision: '1.0.1', helm: { valuesObject: { a: 2 } } } } }),
  ), ['outage: demo: constructor 1.0.0 → 1.0.1; what it runs restarts', 'outage: changes values of the chart of demo; what reads them restarts']],
  ['a label of an unknown kind', changes(object('example.org/v1', 'Thing', {}, { labels: { a: 'b' } }), object('example.org/v1', 'Thing', {}, { labels: { a: 'c' } })),
    ['effect: changes labels of Thing n/a: what selects objects by labels may take or leave it']],
  ['a field of an unknown kind', changes(object('example.org/v1', 'Thing', { spec: 1 }), object('example.org/v1', 'Thing', { spec: 2 })), ['outage: changes Thing n/a; what works with it may restart']],
  ['a protected object that goes', { what: 'goes', path: 'manifests/a/a.yaml', owner, manifest: object('v1', 'Namespace', {}, keep) },
    ['action: Namespace n/a stays in the cluster, no longer looked after; delete it by hand once nothing needs it']],
  ['an Application that goes', { what: 'goes', path: 'argocd/apps/homeservers/a.yaml', owner, manifest: ess({}) }, ['loss: nobody tends demo any more: what a made runs on, cut off from git']],
  ['a homeserver that appears', { what: 'appears', path: 'argocd/apps/homeservers/a.yaml', owner, manifest: ess({ serverName: 'example.org', matrixRTC: { sfu: { exposedServices: { rtcTcp: { port: 30021 } } } } }) },
    ['action: new DNS names needed: example.org → the proxy', 'action: calls need ports: open 30021/tcp in the firewall', 'effect: starts the homeserver demo']],
  ['a root', { ...changes(ess({ serverName: 'a' }), ess({ serverName: 'a' }, '26.8.2')), path: 'argocd/app-of-apps.yaml' },
    ['outage: demo: matrix-stack 26.8.1 → 26.8.2; what it runs restarts, and there is no way back but a dump of its databases from before', 'action: apply it by hand: kubectl apply --server-side --filename dist/argocd/app-of-apps.yaml']],
  ['a list of Secrets', { what: 'text', path: 'bootstrap/secrets/matrix-demo.list', owner, before: undefined, after: 'secret n/a Opaque\nkey b supplied B text required the key of the bank\n' },
    ['action: new keys of Secrets (n/a): run dist/bootstrap/secrets.sh --only matrix-demo', 'action: only you have it: the key of the bank; give it to secrets.sh as B (required)']],
  ['comments of a list', { what: 'text', path: 'bootstrap/secrets/matrix-demo.list', owner, before: '# a\nsecret n/a Opaque\n', after: '# b\nsecret n/a Opaque\n' }, ['none: no effect on the running system: comments alone']],
  ['a script', { what: 'text', path: 'bootstrap/secrets.sh', owner, before: '#!/bin/sh\necho a\n', after: '#!/bin/sh\necho b\n' }, ['effect: dist/bootstrap/secrets.sh does something else the next time that you run it']],
];

describe('meaningsOf', () => {
  it.each(sentences)('%s', (_, change, expected) => {
    expect(told(change)).toEqual(expected);
  });

  it('explains several fields by one meaning', () => {
    const [, change] = sentences[0]!;
    expect(meaningsOf(change, [change])).toMatchObject([{ fields: [{ before: '1Gi' }, { before: '1Gi' }] }]);
  });

  it('knows that what an Application made stays when the Application goes with it', () => {
    const folder = object('argoproj.io/v1alpha1', 'Application', { spec: { source: { path: 'dist/manifests/a' } } });
    const application: Change = { what: 'goes', path: 'argocd/apps/homeservers/a.yaml', owner, manifest: folder };
    const policy: Change = { what: 'goes', path: 'manifests/a/b.yaml', owner, manifest: object('networking.k8s.io/v1', 'NetworkPolicy', {}) };
    expect(told(policy)).toEqual(['outage: takes NetworkPolicy n/a away: what it let through is cut off where other policies select its pods, and open to all where no other does']);
    expect(told(policy, [application, policy])).toEqual(['action: NetworkPolicy n/a stays in the cluster, no longer looked after; delete it by hand once nothing needs it']);
  });

  it('shows no value of a Secret', () => {
    const secret = (value: string) => object('v1', 'Secret', { stringData: { password: value } });
    expect(told(changes(secret('hunter2'), secret('hunter3'))).join()).not.toContain('hunter');
  });
});
