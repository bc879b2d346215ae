import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { keep } from '../../lib/gitops/protect';
import { PlatformUnit } from '../../lib/platform/unit';
import { objectsOf, platform } from './example';

/** The folder as `kubectl apply` reads it: by file name. */
const folder = (of = platform()) => emit(new PlatformUnit(of)).documents
  .filter(({ path }) => path.startsWith('bootstrap/gitea/'))
  .sort((a, b) => (a.path < b.path ? -1 : 1))
  .map(({ manifest }) => manifest as any);
const one = (kind: string, name: string, of = platform()) =>
  folder(of).find((object) => object.kind === kind && object.metadata.name === name);
const pod = (of = platform()) => one('Deployment', 'gitea', of).spec.template.spec;
/** Who may reach which port: names of namespaces, or everybody. */
const admitted = (of = platform()) => one('NetworkPolicy', 'gitea', of).spec.ingress.map(({ from, ports }: any) =>
  [ports[0].port, from?.map(({ namespaceSelector }: any) => namespaceSelector.matchLabels['kubernetes.io/metadata.name'])]);
const digest = (host: string, size: string) =>
  one('Deployment', 'gitea', platform({ gitea: { host, size } })).spec.template.metadata.annotations['checksum/settings'];
const settings = (of = platform()) => one('ConfigMap', 'gitea-settings', of).data;

describe('the folder that is applied to an empty cluster', () => {
  it('makes the namespace and the classes before all that stands in or names them', () => {
    expect(folder().slice(0, 3).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Namespace gitea', 'PriorityClass fleet-platform', 'StorageClass fleet-fast-retain',
    ]);
  });

  it('holds every object that the pod names, but for the two Secrets of the bootstrap script', () => {
    const there = folder().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const containers = [...pod().initContainers, ...pod().containers];
    expect(there).toEqual(expect.arrayContaining([
      `PriorityClass ${pod().priorityClassName}`,
      `StorageClass ${one('PersistentVolumeClaim', 'gitea-data').spec.storageClassName}`,
      ...pod().volumes.flatMap(({ persistentVolumeClaim: claim }: any) => (claim ? [`PersistentVolumeClaim ${claim.claimName}`] : [])),
      ...containers.flatMap(({ envFrom }) => envFrom.map(({ configMapRef }: any) => `ConfigMap ${configMapRef.name}`)),
      `Service ${one('Ingress', 'gitea').spec.rules[0].http.paths[0].backend.service.name}`,
    ]));
  });

  it('takes every key of a Secret that it names from the list of the bootstrap script', () => {
    const { secrets } = objectsOf(platform());
    const block = (name: string) => secrets.split('\n\n').find((text) => text.startsWith(`secret gitea/${name} `));
    const keys = pod().volumes.find(({ secret }: any) => secret).secret;
    const passwords = pod().initContainers[0].env.map(({ valueFrom }: any) => valueFrom.secretKeyRef);
    const named = [...keys.items.map(({ key }: any) => ({ name: keys.secretName, key })), ...passwords];
    expect(named).toHaveLength(6);
    for (const { name, key } of named) expect(block(name)).toMatch(new RegExp(`^key ${key} random `, 'm'));
  });

  it('needs no class of storage of ours where the user names another', () => {
    const own = { ...platform(), cluster: { ...platform().cluster, storage: { ...platform().cluster.storage, fastRetain: 'theirs' } } };
    expect(folder(own).some(({ kind }) => kind === 'StorageClass')).toBe(false);
    expect(one('PersistentVolumeClaim', 'gitea-data', own).spec.storageClassName).toBe('theirs');
  });

  it('is reached in the cluster by the URL that Argo CD reads', () => {
    const { metadata, spec } = one('Service', 'gitea-http');
    const url = new URL(platform().repository.url);
    expect(url.host).toBe(`${metadata.name}.${metadata.namespace}.svc:${spec.ports[0].port}`);
    const containerPort = Number(settings().GITEA__server__HTTP_PORT);
    expect(pod().containers[0].ports).toContainEqual({ name: spec.ports[0].targetPort, containerPort });
  });

  it('serves its host over TLS alone, with a certificate of the platform\'s issuer', () => {
    const { metadata, spec } = one('Ingress', 'gitea', platform({ certManager: { email: 'a@example.org', issuer: 'staging' } }));
    expect(metadata.annotations).toEqual({
      'cert-manager.io/cluster-issuer': 'letsencrypt-staging', 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
    });
    expect(spec.tls).toEqual([{ hosts: ['gitea.example.org'], secretName: 'gitea-tls' }]);
  });

  it('lets in the ingress controller and Argo CD, and SSH', () => {
    expect(admitted()).toEqual([['http', ['traefik', 'argocd']], ['ssh', undefined]]);
    expect(admitted(platform({}, 'k3s'))).toEqual([['http', ['kube-system', 'argocd']], ['ssh', undefined]]);
  });
});

describe('the pod', () => {
  it('is one at a time, since two would spoil the database', () => {
    expect(one('Deployment', 'gitea').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  });

  it('passes the restricted standard that its namespace enforces, and can write to its volumes alone', () => {
    expect(one('Namespace', 'gitea').metadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect(pod().securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod().automountServiceAccountToken).toBe(false);
    for (const { securityContext } of [...pod().initContainers, ...pod().containers]) {
      expect(securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    }
  });

  it('has the user\'s resources in every container, the defaults where they say nothing', () => {
    const of = platform({ gitea: { host: 'gitea.example.org', resources: { limits: { memory: '2Gi' } } } });
    for (const { resources } of [...pod(of).initContainers, ...pod(of).containers]) {
      expect(resources).toEqual({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '2Gi' } });
    }
  });

  it('is replaced when a setting changes, and not otherwise', () => {
    expect(digest('a.example.org', '10Gi')).not.toBe(digest('b.example.org', '10Gi'));
    expect(digest('a.example.org', '10Gi')).toBe(digest('a.example.org', '20Gi'));
  });

  it('does not start with a key that Gitea would invent: each is a file of the mounted Secret', () => {
    const { items } = pod().volumes.find(({ secret }: any) => secret).secret;
    const mount = pod().containers[0].volumeMounts.find(({ name }: any) => name === 'keys').mountPath;
    const files = Object.entries(settings()).filter(([name]) => name.endsWith('__FILE')).map(([, file]) => file);
    expect(files).toEqual(items.map(({ path }: any) => `${mount}/${path}`));
    expect(Object.keys(settings()).filter((name) => name.endsWith('__FILE'))).toEqual([
      'GITEA__security__SECRET_KEY__FILE',
      'GITEA__security__INTERNAL_TOKEN__FILE',
      'GITEA__oauth2__JWT_SECRET__FILE',
      'GITEA__server__LFS_JWT_SECRET__FILE',
    ]);
  });

  it('makes the owner an administrator and the robot none, before it serves', () => {
    const [{ args }] = pod(platform({ gitea: { host: 'git.example.org', owner: 'acme' } })).initContainers;
    expect(args.slice(0, 2)).toEqual(['sh', '-c']);
    expect(args[2]).toContain(`account 'acme' "$ADMIN_PASSWORD" --admin\n`);
    expect(args[2]).toContain(`account 'argocd-robot' "$ROBOT_PASSWORD"\n`);
  });
});

it('nobody registers, nobody reads without an account, and what is pushed is readable for the robot', () => {
  expect(settings()).toMatchObject({
    GITEA__security__INSTALL_LOCK: 'true',
    GITEA__service__DISABLE_REGISTRATION: 'true',
    GITEA__service__REQUIRE_SIGNIN_VIEW: 'true',
    GITEA__repository__DEFAULT_PUSH_CREATE_PRIVATE: 'false',
    GITEA__repository__MAX_CREATION_LIMIT: '0',
  });
});

it('no prune and no deletion takes the repository: neither claim nor namespace, nor anything else of the Application', () => {
  expect(one('Namespace', 'gitea').metadata.annotations).toEqual(keep);
  expect(one('PersistentVolumeClaim', 'gitea-data').metadata.annotations).toEqual(keep);
  const { spec } = objectsOf(platform()).get('Application', 'gitea');
  expect(spec.syncPolicy.automated).toEqual({ prune: false, selfHeal: true });
  expect(spec.source.path).toBe('dist/bootstrap/gitea');
});
