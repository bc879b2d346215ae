import type { TracedFleet } from '../checks/traced';
import { has } from '../homeserver/chart-version';
import { type Homeserver, masKeepsAccounts, runsMas } from '../homeserver/homeserver';
import { homeserverHosts, platformHosts } from './hosts';

/** A host that a proxy outside the cluster answers to, and where it passes requests on. */
export interface ProxiedHost {
  readonly host: string;
  /** Name of the homeserver; absent: the platform. */
  readonly homeserver: string | undefined;
  /** The first that fits takes the request. What none takes is nobody's. */
  readonly routes: readonly Route[];
  /** The largest request, in megabytes. */
  readonly megabytes: number;
}

export interface Route {
  /** Each with all that is below it, as an Ingress understands `Prefix`; `/` is everything. */
  readonly paths: readonly string[];
  /** Of the nodes. The rule `proxy-port-missing` sees to it that there is one. */
  readonly port: number | undefined;
  /** What answers there: `MAS`. */
  readonly service: string;
}

/** All that a proxy outside the cluster passes on, the platform's first; what a retired homeserver had is no longer. Empty without a proxy. */
export function proxiedHosts({ platform: { model: platform }, homeservers }: TracedFleet): readonly ProxiedHost[] {
  if (!platform.cluster.proxy) return [];
  return [
    ...platformHosts(platform).map(({ host, nodePort, service }) =>
      ({ host, homeserver: undefined, routes: [{ paths: ['/'], port: nodePort, service }], megabytes: megabytes.platform })),
    ...homeservers.filter(({ model }) => model.state !== 'retired').flatMap(({ model }) => hostsOf(model)),
  ];
}

/** Of the platform, a push to Gitea is the largest; of a homeserver beside uploads, a webhook of GitHub, 25 MB (its documentation). */
const megabytes = { platform: 512, homeserver: 25 } as const;

function hostsOf(homeserver: Homeserver): readonly ProxiedHost[] {
  const { name, synapse } = homeserver;
  const byHost = new Map<string, readonly Route[]>();
  for (const { host, service } of homeserverHosts(homeserver)) {
    const routes = routesTo[service]!(homeserver);
    if (routes.length > 0) byHost.set(host, [...byHost.get(host) ?? [], ...routes]);
  }
  return [...byHost].map(([host, routes]) => ({
    host,
    homeserver: name,
    routes,
    megabytes: host === synapse.host ? Math.max(megabytesOf(synapse.media.maxUploadSize), megabytes.homeserver) : megabytes.homeserver,
  }));
}

/** `100M`, `512K` */
function megabytesOf(size: string): number {
  return Math.ceil(Number.parseInt(size, 10) / (size.endsWith('K') ? 1024 : 1));
}

/** What older clients ask of Synapse and MAS answers, where accounts are MAS's. */
const logins = ['api/v1', 'r0', 'v3', 'unstable'].flatMap((version) => ['login', 'logout', 'refresh'].map((call) => `/_matrix/client/${version}/${call}`));

/** The paths of the chart's own Ingresses, by what answers to a host. */
const routesTo: Readonly<Record<string, (homeserver: Homeserver) => readonly Route[]>> = {
  'Synapse': (homeserver) => [
    ...masKeepsAccounts(homeserver) ? [{ paths: logins, port: homeserver.nodePorts.mas, service: 'MAS' }] : [],
    ...homeserver.hookshot && homeserver.hookshot.host === undefined ? hookshotBelow('/_matrix/hookshot', homeserver) : [],
    { paths: ['/_matrix', '/_synapse'], port: homeserver.nodePorts.synapse, service: 'Synapse' },
  ],
  'MAS': (homeserver) => (runsMas(homeserver) ? [{ paths: ['/'], port: homeserver.nodePorts.mas, service: 'MAS' }] : []),
  'Element Web': ({ nodePorts }) => [{ paths: ['/'], port: nodePorts.elementWeb, service: 'Element Web' }],
  'Element Admin': ({ nodePorts }) => [{ paths: ['/'], port: nodePorts.elementAdmin, service: 'Element Admin' }],
  'calls': ({ chartVersion, nodePorts }) => [
    {
      paths: ['/sfu/get', ...has(chartVersion, '26.6.1') ? ['/get_token'] : [], ...has(chartVersion, '26.8.1') ? ['/delegate_delayed_leave'] : []],
      port: nodePorts.authoriser,
      service: 'authoriser of calls',
    },
    { paths: ['/'], port: nodePorts.sfu, service: 'signalling of calls' },
  ],
  'Hookshot': (homeserver) => hookshotBelow('', homeserver),
  'well-known': ({ elementWeb, wellKnown, nodePorts }) => {
    const redirects = wellKnown && wellKnown.redirect !== false && (wellKnown.redirect !== undefined || elementWeb);
    return [{ paths: [redirects ? '/' : '/.well-known/matrix'], port: nodePorts.wellKnown, service: 'well-known' }];
  },
};

function hookshotBelow(path: string, { nodePorts }: Homeserver): readonly Route[] {
  return [
    { paths: [`${path}/widgetapi/v1`], port: nodePorts.hookshotWidgets, service: 'widgets of Hookshot' },
    { paths: [path || '/'], port: nodePorts.hookshot, service: 'webhooks of Hookshot' },
  ];
}
