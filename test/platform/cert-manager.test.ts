import { describe, expect, it } from 'vitest';
import { emit } from '../../lib/gitops/emit';
import { PlatformUnit } from '../../lib/platform/unit';
import { platform } from './example';

const find = (path: string, own = {}) => emit(new PlatformUnit(platform(own))).documents.find((document) => document.path === path)!.manifest as any;

describe('cert-manager', () => {
  it('brings its definitions, and keeps them when it goes', () => {
    expect(find('argocd/apps/platform/cert-manager.yaml').spec.source.helm.valuesObject.crds).toEqual({ enabled: true, keep: true });
  });

  it('stays within its own namespace', () => {
    expect(find('argocd/apps/platform/cert-manager.yaml').spec.source.helm.valuesObject.global.leaderElection).toEqual({ namespace: 'cert-manager' });
  });

  it('takes raw values last', () => {
    const { valuesObject } = find('argocd/apps/platform/cert-manager.yaml', { certManager: { email: 'a@example.net', values: { crds: { keep: false } } } }).spec.source.helm;
    expect(valuesObject.crds).toEqual({ enabled: true, keep: false });
  });
});

describe('certificates by records of the zone', () => {
  const own = { certManager: { email: 'a@example.net', solver: 'cloudflare' } } as const;

  it.each(['production', 'staging'])('%s asks Cloudflare, with a token from the namespace where issuers look', (kind) => {
    const { solvers } = find(`manifests/issuers/clusterissuer-letsencrypt-${kind}.yaml`, own).spec.acme;
    expect(solvers).toEqual([{ dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare-api-token', key: 'api-token' } } } }]);
  });

  it('have the token from the admin', () => {
    const list = (options: object) => emit(new PlatformUnit(platform(options))).files.find(({ path }) => path === 'bootstrap/secrets/platform.list')!.text;
    expect(list(own)).toMatch(/secret cert-manager\/cloudflare-api-token Opaque\nkey api-token supplied CLOUDFLARE_API_TOKEN text required /);
    expect(list({})).not.toContain('cloudflare');
  });
});

describe('the issuers', () => {
  it.each([
    ['production', 'https://acme-v02.api.letsencrypt.org/directory'],
    ['staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'],
  ])('%s has its server and an account of its own', (kind, server) => {
    const issuer = find(`manifests/issuers/clusterissuer-letsencrypt-${kind}.yaml`);
    expect(issuer.spec.acme).toMatchObject({ server, privateKeySecretRef: { name: `letsencrypt-${kind}` }, solvers: [{ http01: { ingress: { ingressClassName: 'traefik' } } }] });
  });
});
