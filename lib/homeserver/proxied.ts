import { proxiedService } from '../cluster/proxy';
import type { Manifest } from '../gitops/manifest';
import { type Homeserver, runsMas } from './homeserver';
import { maubotPort } from './maubot';
import type { NodePortOptions } from './options';

/** A part of a homeserver that a proxy outside the cluster reaches at a port of its own. */
export interface Proxied {
  /** Its option of `nodePorts`. */
  readonly option: keyof NodePortOptions;
  /** For names of objects: `element-web`. */
  readonly part: string;
  /** Labels of its pods. */
  readonly selector: { readonly 'app.kubernetes.io/instance': string };
  /** Where its pods listen. */
  readonly port: number;
  readonly nodePort: number | undefined;
}

interface Part {
  readonly part: string;
  /** What of the chart answers: the end of its pods' label `app.kubernetes.io/instance`. */
  readonly pods: string;
  readonly port: number;
  readonly isOn: (homeserver: Homeserver) => boolean;
}

/** Synapse and the well-known documents answer by way of HAProxy: the chart's Services of Synapse itself lead around its workers. */
const parts: Readonly<Record<keyof NodePortOptions, Part>> = {
  synapse: { part: 'synapse', pods: 'haproxy', port: 8008, isOn: () => true },
  mas: { part: 'mas', pods: 'matrix-authentication-service', port: 8080, isOn: runsMas },
  elementWeb: { part: 'element-web', pods: 'element-web', port: 8080, isOn: ({ elementWeb }) => elementWeb !== false },
  elementAdmin: { part: 'element-admin', pods: 'element-admin', port: 8080, isOn: ({ elementAdmin }) => elementAdmin !== false },
  wellKnown: { part: 'well-known', pods: 'haproxy', port: 8010, isOn: ({ wellKnown }) => wellKnown !== false },
  authoriser: { part: 'authoriser', pods: 'matrix-rtc-authorisation-service', port: 8080, isOn: ({ rtc }) => rtc !== false },
  sfu: { part: 'sfu', pods: 'matrix-rtc-sfu', port: 7880, isOn: ({ rtc }) => rtc !== false },
  elementCall: { part: 'element-call', pods: 'element-call', port: 8080, isOn: ({ elementCall }) => elementCall !== false },
  maubot: { part: 'maubot', pods: 'maubot', port: maubotPort, isOn: ({ companions: { maubot } }) => maubot !== false },
  hookshot: { part: 'hookshot', pods: 'hookshot', port: 7775, isOn: ({ hookshot }) => hookshot !== false },
  hookshotWidgets: { part: 'hookshot-widgets', pods: 'hookshot', port: 7778, isOn: ({ hookshot }) => hookshot !== false },
};

/** Every option of `nodePorts`, in the order of reading. */
export const proxiedOptions = Object.keys(parts) as readonly (keyof NodePortOptions)[];

/** The parts of a homeserver that are on, in the order of reading. */
export function proxied(homeserver: Homeserver): readonly Proxied[] {
  return proxiedOptions.filter((option) => parts[option].isOn(homeserver)).map((option) => {
    const { part, pods, port } = parts[option];
    const selector = { 'app.kubernetes.io/instance': `${homeserver.names.release}-${pods}` };
    return { option, part, selector, port, nodePort: homeserver.nodePorts[option] };
  });
}

/** The Services by which a proxy outside the cluster reaches the homeserver. */
export function proxiedServices(homeserver: Homeserver): readonly Manifest[] {
  const { names: { release: namespace }, surroundings: { proxy } } = homeserver;
  if (!proxy) return [];
  return proxied(homeserver).map(({ part, ...rest }) => proxiedService(proxy, { name: `proxy-${part}`, namespace, ...rest }));
}
