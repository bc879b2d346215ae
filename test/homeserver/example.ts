import type { Homeserver, Surroundings } from '../../lib/homeserver/homeserver';
import type { HomeserverDefaults, HomeserverOptions } from '../../lib/homeserver/options';
import { noSources } from '../../lib/secrets/ways';
import { resolveHomeserver } from '../../lib/homeserver/resolve';

export const surroundings: Surroundings = {
  issuers: { production: 'letsencrypt-production', staging: 'letsencrypt-staging' },
  ingress: { className: 'traefik', namespace: 'traefik', controller: 'traefik' },
  proxy: undefined,
  hairpin: undefined,
  monitoring: 'monitoring',
  databaseStorageClass: 'fleet-fast-retain',
  backups: { bucket: 'backups', endpoint: 'https://storage.yandexcloud.net', region: 'ru-central1' },
  mediaStorageClass: 'fleet-bulk-retain',
  priorityClass: 'fleet-homeserver',
  postgresImage: 'ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie',
  chart: { repoURL: 'ghcr.io/element-hq/ess-helm', chart: 'matrix-stack' },
  secrets: 'bootstrap',
  secretSources: noSources,
};

export const repository = { url: 'http://gitea-http.gitea.svc:3000/ops/fleet.git', branch: 'main', path: 'dist' };

/** The README's homeserver, with what a test says otherwise. */
export function demo(own: Partial<HomeserverOptions> = {}, defaults: HomeserverDefaults = {}, around: Partial<Surroundings> = {}): Homeserver {
  const options: HomeserverOptions = { name: 'demo', serverName: 'example.org', rtc: { tcp: 30015, udp: 30016 }, ...own };
  return resolveHomeserver('instances/demo.ts', options, defaults, { ...surroundings, ...around });
}
