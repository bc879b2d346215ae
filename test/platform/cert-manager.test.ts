import { describe, expect, it } from 'vitest';
import { objectsOf, platform } from './example';

const values = (own = {}) => objectsOf(platform(own)).values('cert-manager');
const acme = (kind: string, own = {}) => objectsOf(platform(own)).get('ClusterIssuer', `letsencrypt-${kind}`).spec.acme;

describe('cert-manager', () => {
  it('brings its definitions, and keeps them when it goes', () => {
    expect(values().crds).toEqual({ enabled: true, keep: true });
  });

  it('stays within its own namespace', () => {
    expect(values().global.leaderElection).toEqual({ namespace: 'cert-manager' });
  });

  it('takes raw values last', () => {
    expect(values({ certManager: { email: 'a@example.net', values: { crds: { keep: false } } } }).crds).toEqual({ enabled: true, keep: false });
  });
});

describe('certificates by records of the zone', () => {
  const own = { certManager: { email: 'a@example.net', solver: 'cloudflare' } } as const;

  it.each(['production', 'staging'])('%s asks Cloudflare, with a token from the namespace where issuers look', (kind) => {
    expect(acme(kind, own).solvers).toEqual([{ dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare-api-token', key: 'api-token' } } } }]);
  });

  it('have the token from the admin', () => {
    expect(objectsOf(platform(own)).secrets).toMatch(/secret cert-manager\/cloudflare-api-token Opaque\nkey api-token supplied CLOUDFLARE_API_TOKEN text required /);
    expect(objectsOf(platform()).secrets).not.toContain('cloudflare');
  });
});

describe('the issuers', () => {
  it.each([
    ['production', 'https://acme-v02.api.letsencrypt.org/directory'],
    ['staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'],
  ])('%s has its server and an account of its own', (kind, server) => {
    expect(acme(kind)).toMatchObject({ server, privateKeySecretRef: { name: `letsencrypt-${kind}` }, solvers: [{ http01: { ingress: { ingressClassName: 'traefik' } } }] });
  });
});
