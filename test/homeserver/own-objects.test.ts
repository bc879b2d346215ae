import { describe, expect, it } from 'vitest';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { ownObjects } from '../../lib/homeserver/own-objects';
import { valueAt } from '../../lib/checks/path';
import { demo } from './example';

const object = (own: Partial<HomeserverOptions>, kind: string, name: string) => ownObjects(demo(own)).find((one) => one.kind === kind && one.metadata.name === name);

describe('media on an NFS server', () => {
  const nfs = { synapse: { media: { size: '200Gi', nfs: { server: '192.0.2.7', path: '/media', mountOptions: ['nolock'] } } } };

  it('is a volume for this claim alone, and a claim for this volume alone', () => {
    expect(object(nfs, 'PersistentVolume', 'matrix-demo-media')).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
      spec: {
        capacity: { storage: '200Gi' }, persistentVolumeReclaimPolicy: 'Retain', storageClassName: '', mountOptions: ['nolock'],
        nfs: { server: '192.0.2.7', path: '/media' }, claimRef: { namespace: 'matrix-demo', name: 'matrix-demo-media' },
      },
    });
    expect(object(nfs, 'PersistentVolumeClaim', 'matrix-demo-media')).toMatchObject({ spec: { storageClassName: '', volumeName: 'matrix-demo-media', accessModes: ['ReadWriteMany'] } });
  });
});

describe('a load balancer of calls', () => {
  const rtc = { tcp: 30881, udp: false, exposure: 'LoadBalancer', publicIp: '203.0.113.7', loadBalancer: { annotations: { 'kubernetes.io/elb.id': 'x' } } } as const;

  it('has one family of addresses, and keeps those of clients', () => {
    expect(object({ rtc }, 'Service', 'matrix-demo-calls')).toMatchObject({
      metadata: { annotations: { 'kubernetes.io/elb.id': 'x' } },
      spec: {
        type: 'LoadBalancer', externalTrafficPolicy: 'Local', ipFamilyPolicy: 'SingleStack',
        selector: { 'app.kubernetes.io/instance': 'matrix-demo-matrix-rtc-sfu' }, ports: [{ port: 30881, targetPort: 30881, protocol: 'TCP' }],
      },
    });
  });

  it('lets in TCP alone where there is no UDP', () => {
    expect(object({ rtc }, 'NetworkPolicy', 'calls')).toMatchObject({ spec: { ingress: [{ ports: [{ protocol: 'TCP', port: 30881 }] }] } });
  });
});

describe('Element Call', () => {
  it('knows the homeserver and where calls are', () => {
    const config = object({ elementCall: true }, 'ConfigMap', 'matrix-demo-element-call');
    expect(JSON.parse(valueAt(config, ['data', 'config.json']) as string)).toEqual({
      default_server_config: { 'm.homeserver': { base_url: 'https://matrix.example.org', server_name: 'example.org' } },
      livekit: { livekit_service_url: 'https://mrtc.example.org' },
    });
  });

  it('starts anew when its configuration changes, and not when it does not', () => {
    const hash = (own: Partial<HomeserverOptions>) => valueAt(object({ elementCall: true, ...own }, 'Deployment', 'matrix-demo-element-call'), ['spec', 'template', 'metadata', 'annotations']);
    expect(hash({})).toEqual(hash({ registration: 'token' }));
    expect(hash({})).not.toEqual(hash({ rtc: false }));
  });

  it('asks for a certificate of its own host', () => {
    expect(object({ elementCall: { host: 'call.example.net' }, certificates: { renewBefore: '720h' } }, 'Ingress', 'matrix-demo-element-call')).toMatchObject({
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt-production', 'cert-manager.io/renew-before': '720h' } },
      spec: { tls: [{ hosts: ['call.example.net'] }] },
    });
  });
});

describe('Maubot', () => {
  it('finds its homeserver by the hairpin', () => {
    const pod = (around = {}) => ownObjects(demo({ companions: { maubot: true } }, {}, around)).find(({ kind }) => kind === 'StatefulSet');
    expect(pod()).not.toHaveProperty('spec.template.spec.hostAliases');
    expect(pod({ hairpin: '172.18.0.1' })).toHaveProperty('spec.template.spec.hostAliases', [{ ip: '172.18.0.1', hostnames: ['matrix.example.org'] }]);
  });

  it('keeps what it stores when it goes, and holds no secret of Synapse', () => {
    const objects = ownObjects(demo({ companions: { maubot: true } }));
    expect(objects.find(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name === 'matrix-demo-maubot')).toHaveProperty(['metadata', 'annotations', 'argocd.argoproj.io/sync-options']);
    expect(JSON.stringify(objects)).not.toContain('registration');
  });
});

describe('what stands beside the chart', () => {
  const own = { elementCall: true, companions: { maubot: true } } as const;
  const workloads = (more: Partial<HomeserverOptions> = {}) => ownObjects(demo({ ...own, ...more })).filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));

  it('has no process where the homeserver is stopped', () => {
    expect(workloads({ state: 'stopped' }).map((one) => valueAt(one, ['spec', 'replicas']))).toEqual([0, 0]);
  });

  it('has the rank and the registry of the homeserver, and no rights', () => {
    for (const one of workloads({ images: { registry: 'quay.io/example', pullSecret: true } })) {
      expect(one).toMatchObject({ spec: { template: { spec: { priorityClassName: 'fleet-homeserver', automountServiceAccountToken: false, imagePullSecrets: [{ name: 'matrix-demo-images' }] } } } });
      expect(JSON.stringify(one)).toContain('"image":"quay.io/example/');
    }
  });
});
