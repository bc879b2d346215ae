import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installScript } from '../../lib/bootstrap/install';
import { Cluster, withoutTools } from './cluster';

const props = {
  chart: { repoURL: 'https://charts.example.org', chart: 'argo-cd', version: '1.2.3' },
  release: 'argocd',
  namespace: 'argocd',
  application: 'argocd',
  repositorySecret: 'fleet-repository',
  gitea: { namespace: 'gitea', service: 'gitea-http', port: 3000, adminSecret: 'gitea-admin', repository: 'ops/fleet', branch: 'main' },
};

test('install.sh has no empty variable left, and takes any value for a word', () => {
  const text = installScript({ ...props, release: "it's" });
  expect(text).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect(text).not.toMatch(/^\w+=''$/m);
  expect(text).toContain(String.raw`release='it'\''s'`);
});

describe.skipIf(withoutTools)('install.sh, where bash and openssl are', () => {
  let cluster: Cluster;
  const install = (env: Record<string, string> = {}, ...args: string[]) => cluster.run('bootstrap/argocd/install.sh', args, env);

  beforeEach(() => {
    cluster = new Cluster();
    cluster.file('bootstrap/argocd/install.sh', installScript(props));
    cluster.file('bootstrap/argocd/values.yaml', '{}\n');
    cluster.put('argocd/fleet-repository', {});
  });
  afterEach(() => cluster.remove());

  test('installs the pinned chart, each time in the same way, and says what comes next', () => {
    const first = install();
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(install()).toEqual(first);
    const upgrades = cluster.log('helm').split('\n').filter((line) => line.includes('upgrade'));
    expect(upgrades).toEqual(Array(2).fill('--namespace argocd upgrade --install argocd argo-cd '
      + '--repo https://charts.example.org --version 1.2.3 '
      + `--values ${cluster.dist}/bootstrap/argocd/values.yaml --wait --timeout 10m`));
    for (const step of [
      'kubectl get secret gitea-admin --namespace gitea --output \\',
      "go-template='{{.data.username | base64decode}} {{.data.password | base64decode}}{{\"\\n\"}}'",
      'kubectl port-forward --namespace gitea service/gitea-http 3000:3000 &',
      'git push http://localhost:3000/ops/fleet.git HEAD:main',
      `kubectl apply --filename ${cluster.dist}/argocd/app-of-apps.yaml`,
    ]) expect(first.lines.map((line) => line.trim())).toContain(step);
  });

  test('asks the context that it is told to', () => {
    install({}, '--context', 'other');
    expect(cluster.log('helm')).toContain('--kube-context=other --namespace argocd upgrade');
    expect(cluster.log('calls')).not.toMatch(/"args":\["(?!--context=other")/);
  });

  test('leaves an Argo CD alone that manages itself, unless it must', () => {
    cluster.mark('applications/argocd.json');
    expect(install()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('manages itself by its Application argocd') });
    expect(cluster.log('helm')).not.toContain('upgrade');
    expect(install({}, '--force').status).toBe(0);
    expect(cluster.log('helm')).toContain('upgrade');
  });

  test.each([
    ['helm is too old', { FAKE_HELM: 'v3.13.3' }, 'helm v3.13.3 is too old; 3.14 is needed'],
    ['helm is none', { FAKE_HELM: 'x' }, "its version is 'x'"],
    ['an upgrade was cut off', { FAKE_PENDING: 'argocd' }, "see 'helm history argocd -n argocd'"],
    ['the upgrade fails', { FAKE_UPGRADE: '1' }, "helm failed; mend the reason that it gives above and run this again"],
  ])('stops when %s', (_, env, message) => {
    expect(install(env)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });

  test.each(['v3.14.0', 'v3.20.1+g1234567', 'v4.0.0'])('works with helm %s', (version) => {
    expect(install({ FAKE_HELM: version }).status).toBe(0);
  });

  test('stops without the Secret that Argo CD reads Gitea with, and says who makes it', () => {
    cluster.delete('argocd/fleet-repository');
    const { status, stderr } = install();
    expect(status).toBe(1);
    expect(stderr).toContain('there is no Secret fleet-repository in namespace argocd');
    expect(stderr).toContain(`run ${cluster.dist}/bootstrap/secrets.sh first`);
    expect(cluster.log('helm')).not.toContain('upgrade');
  });

  test('stops when the cluster is away, or an argument is unknown', () => {
    expect(install({}, '--dry').stderr).toBe('install.sh: unknown argument --dry (see --help)\n');
    cluster.mark('down');
    expect(install()).toMatchObject({ status: 1, stderr: expect.stringContaining('the cluster cannot be reached') });
  });
});
