import type { TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import { homeserverHosts } from './hosts';

/** A homeserver at a glance. */
export interface HomeserverSummary {
  readonly name: string;
  readonly serverName: string;
  /** The user's file that describes it. */
  readonly file: string;
  readonly state: Homeserver['state'];
  readonly origin: 'fresh' | 'ess' | 'matrix-chart';
  readonly chartVersion: string;
  readonly namespace: string;
  /** By what answers there: `{ Synapse: 'matrix.example.org', … }`. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Of calls; absent: it has none. */
  readonly ports: { readonly tcp: number; readonly udp: number | false; readonly exposure: string } | undefined;
  readonly media: string;
  /** Memory that Synapse's main process asks for, and may use. */
  readonly memory: { readonly request: string | undefined; readonly limit: string | undefined };
  /** Processes of Synapse beside the main one. */
  readonly workers: number;
  readonly databases: readonly string[];
}

/** Every homeserver of the fleet, by name. */
export function summaries({ homeservers }: TracedFleet): readonly HomeserverSummary[] {
  return homeservers.map(({ model }) => summary(model));
}

function summary(homeserver: Homeserver): HomeserverSummary {
  const { name, serverName, file, state, origin, chartVersion, names, rtc, synapse, databases } = homeserver;
  return {
    name,
    serverName,
    file,
    state,
    origin: origin === 'fresh' ? origin : origin.restoredFrom,
    chartVersion,
    namespace: names.release,
    hosts: Object.fromEntries(homeserverHosts(homeserver).map(({ service, host }) => [service, host])),
    ports: rtc ? { tcp: rtc.tcp, udp: rtc.udp, exposure: rtc.exposure } : undefined,
    media: synapse.media.size,
    memory: { request: synapse.resources.requests?.memory, limit: synapse.resources.limits?.memory },
    workers: synapse.workers.reduce((sum, { replicas }) => sum + (replicas ?? 1), 0),
    databases: databases.map((database) => database.name),
  };
}
