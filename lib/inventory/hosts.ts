import { extraManifests } from '../checks/extra-manifests';
import { type Path, valueAt } from '../checks/path';
import type { TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import type { Platform } from '../platform/platform';

/** A public host name of the fleet. */
export interface Host {
  readonly host: string;
  /** What answers there, e.g. `Synapse`. */
  readonly service: string;
  /** The option that names it, where the user wants another. */
  readonly option: Path;
}

/** A web interface of the platform. */
export interface PlatformHost extends Host {
  /** Where a proxy outside the cluster reaches it. */
  readonly nodePort: number | undefined;
}

/** Host names of the platform's web interfaces. */
export function platformHosts({ gitea, argocd, monitoring }: Platform): readonly PlatformHost[] {
  return [
    { host: gitea.host, nodePort: gitea.nodePort, service: 'Gitea', option: ['platform', 'gitea', 'host'] },
    { host: argocd.host, nodePort: argocd.nodePort, service: 'Argo CD', option: ['platform', 'argocd', 'host'] },
    ...monitoring ? [{ host: monitoring.host, nodePort: monitoring.nodePort, service: 'Grafana', option: ['platform', 'monitoring', 'host'] }] : [],
  ];
}

/** Host names of one homeserver; Synapse's and the server name's own may be one. */
export function homeserverHosts({ serverName, rehearsal, synapse, mas, elementWeb, elementAdmin, rtc, hookshot, elementCall, companions: { maubot }, wellKnown }: Homeserver): readonly Host[] {
  const option = (component: string): Path => (rehearsal ? ['rehearsal', 'domain'] : [component, 'host']);
  const hosts: Host[] = [];
  const add = (host: string, service: string, path: Path) => hosts.push({ host, service, option: path });
  add(synapse.host, 'Synapse', option('synapse'));
  if (mas) add(mas.host, 'MAS', option('mas'));
  if (elementWeb) add(elementWeb.host, 'Element Web', option('elementWeb'));
  if (elementAdmin) add(elementAdmin.host, 'Element Admin', option('elementAdmin'));
  if (rtc) add(rtc.host, 'calls', option('rtc'));
  if (hookshot && hookshot.host !== undefined) add(hookshot.host, 'Hookshot', ['hookshot', 'host']);
  if (elementCall) add(elementCall.host, 'Element Call', option('elementCall'));
  if (maubot) add(maubot.host, 'Maubot', rehearsal ? option('') : ['companions', 'maubot', 'host']);
  if (wellKnown) add(serverName, 'well-known', ['serverName']);
  return hosts;
}

/** A host that an Ingress among the user's own manifests names, and where that stands. */
export function* ingressHosts(fleet: TracedFleet) {
  for (const { manifest, at } of extraManifests(fleet)) {
    const rules = valueAt(manifest, ['kind']) === 'Ingress' ? valueAt(manifest, ['spec', 'rules']) : undefined;
    if (!Array.isArray(rules)) continue;
    for (const index of rules.keys()) {
      const host = valueAt(rules, [index, 'host']);
      if (typeof host === 'string' && host !== '') yield { host, place: at(['spec', 'rules', index, 'host']) };
    }
  }
}
