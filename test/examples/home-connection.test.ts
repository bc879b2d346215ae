import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const dist = join(__dirname, '..', '..', 'examples', 'home-connection', 'dist');
const read = (path: string) => parse(readFileSync(join(dist, path), 'utf8'));

describe('the server at home', () => {
  it('asks Cloudflare for its certificates, with nothing that needs port 80', () => {
    for (const kind of ['production', 'staging']) expect(read(`manifests/issuers/clusterissuer-letsencrypt-${kind}.yaml`).spec.acme.solvers).toMatchObject([{ dns01: { cloudflare: {} } }]);
  });

  it.each(['home', 'trial'])('%s follows its address, judges both directions of connections and keeps within a quota', (name) => {
    const files = readdirSync(join(dist, 'manifests', `matrix-${name}-base`));
    expect(files).toEqual(expect.arrayContaining(['cronjob-dynamic-address.yaml', 'networkpolicy-egress-everybody.yaml', 'networkpolicy-egress-calls.yaml', 'resourcequota-homeserver.yaml', 'limitrange-homeserver.yaml']));
  });

  it('backs up the media of home, and not those of trial', () => {
    expect(readdirSync(join(dist, 'manifests', 'matrix-home-base'))).toEqual(expect.arrayContaining(['cronjob-media-backup.yaml', 'cronjob-media-restore.yaml']));
    expect(readdirSync(join(dist, 'manifests', 'matrix-trial-base')).join()).not.toContain('media-backup');
  });

  it('lets the load decide about copies of home', () => {
    const scaler = read('manifests/matrix-home-base/horizontalpodautoscaler-matrix-home-element-web.yaml');
    const ignored = read('argocd/apps/homeservers/matrix-home.yaml').spec.ignoreDifferences.map(({ name }: { name: string }) => name);
    expect(ignored).toContain(scaler.spec.scaleTargetRef.name);
  });

  it('has trial with certificates that cost no limit', () => {
    expect(read('argocd/apps/homeservers/matrix-trial.yaml').spec.source.helm.valuesObject.certManager).toEqual({ clusterIssuer: 'letsencrypt-staging' });
  });
});
