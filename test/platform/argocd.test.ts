import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { PlatformUnit } from '../../lib/platform/unit';
import { objectsOf, platform } from './example';

const file = (path: string, of = platform()) => emit(new PlatformUnit(of)).files.find((one) => one.path === path)!.text;
const values = (of = platform()) => objectsOf(of).values('argocd');

it('the Application has the very chart, release, namespace and values of the bootstrap', () => {
  const { spec } = objectsOf(platform()).get('Application', 'argocd');
  const script = file('bootstrap/argocd/install.sh');
  expect(parse(file('bootstrap/argocd/values.yaml'))).toEqual(spec.source.helm.valuesObject);
  expect(script.split('\n')).toEqual(expect.arrayContaining([
    `chart='${spec.source.chart}'`,
    `chart_repository='${spec.source.repoURL}'`,
    `chart_version='${spec.source.targetRevision}'`,
    `release='${spec.source.helm.releaseName}'`,
    `namespace='${spec.destination.namespace}'`,
    "application='argocd'",
  ]));
});

it('the user\'s values come last, in both', () => {
  const of = platform({ argocd: { host: 'argocd.example.org', values: { server: { replicas: 2 }, dex: { enabled: true } } } });
  expect(values(of)).toMatchObject({ server: { replicas: 2, ingress: { enabled: true } }, dex: { enabled: true } });
  expect(parse(file('bootstrap/argocd/values.yaml', of))).toEqual(values(of));
});

it('tracks by annotation, since the label belongs to what ServiceMonitors select by', () => {
  expect(values().configs.cm['application.resourceTrackingMethod']).toBe('annotation');
});

it('knows the health of Applications, databases and roles', () => {
  const checks = Object.entries<string>(values().configs.cm).filter(([key]) => key.startsWith('resource.customizations.health.'));
  expect(checks.map(([key]) => key.replace('resource.customizations.health.', ''))).toEqual([
    'argoproj.io_Application', 'postgresql.cnpg.io_Database', 'postgresql.cnpg.io_DatabaseRole',
  ]);
  for (const [, lua] of checks) expect(lua).toMatch(/^local status = obj\.status or \{\}\n[^]*return \{ status = 'Progressing'/);
});

it('reads the fleet as Gitea\'s robot, by a Secret that no value of stands in git', () => {
  const { secrets } = objectsOf(platform({ gitea: { host: 'git.example.org', owner: 'acme', repository: 'matrix' } }));
  expect(secrets).toContain(`secret argocd/repository-fleet Opaque
label argocd.argoproj.io/secret-type repository
key type literal git
key url literal http://gitea-http.gitea.svc:3000/acme/matrix.git
key username literal argocd-robot
key password copy gitea/gitea-robot/password
`);
  expect(file('bootstrap/argocd/install.sh')).toContain("repository_secret='repository-fleet'\n");
  expect(Object.keys(values().configs)).toEqual(['cm', 'params']);
});

it('holds a folder of 2,000 homeservers at 16 KiB each', () => {
  const limit = values().configs.params['reposerver.max.combined.directory.manifests.size'];
  expect(parseInt(limit) * 2 ** 20).toBeGreaterThan(2000 * 16 * 2 ** 10);
});

it('gives up a sync that waits, for a newer commit', () => {
  expect(values().configs.params['controller.sync.timeout.seconds']).toBeGreaterThan(0);
});

it('leaves TLS to the ingress controller', () => {
  expect(values().configs.params['server.insecure']).toBe(true);
  expect(values().server.ingress).toMatchObject({ enabled: true, ingressClassName: 'traefik', tls: true });
  expect(values().global.domain).toBe('argocd.example.org');
});

it('is watched where there is monitoring', () => {
  expect(values().controller.metrics).toEqual({ enabled: true, serviceMonitor: { enabled: true } });
  expect(values(platform({ monitoring: false })).controller.metrics).toEqual({ enabled: false, serviceMonitor: { enabled: false } });
});
