import { understand } from '../../lib/cli/model';
import type { FleetOptions } from '../../lib/fleet';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import type { TracedFleet } from '../../lib/checks';

type Deep<T> = T extends object ? { readonly [key in keyof T]?: Deep<T[key]> } : T;

/** A fleet of these homeservers, each with what it needs beside what is given; and with these options of the platform. */
export function fleetOf(homeservers: readonly Deep<HomeserverOptions>[] = [], main: Deep<FleetOptions> = {}): TracedFleet {
  const value = {
    cluster: { provider: 'yandex-cloud', kubernetes: '1.32', nodes: [{ count: 3, cpu: '4', memory: '8Gi' }], ...main.cluster },
    platform: {
      gitea: { host: 'git.example.org' }, argocd: { host: 'argocd.example.org' }, certManager: { email: 'a@example.org' }, backups: false, monitoring: false,
      ...main.platform,
    },
  };
  const instances = homeservers.map((options, n) => ({
    file: `instances/h${n}.ts`,
    value: { name: `h${n}`, serverName: `h${n}.example.org`, ...options, rtc: options.rtc === false ? false : { tcp: 30001 + 2 * n, udp: 30002 + 2 * n, ...options.rtc } },
  }));
  const { fleet, findings } = understand({ main: { file: 'main.ts', value }, instances, findings: [] });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (fleet === undefined || errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return fleet;
}
