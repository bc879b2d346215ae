import type { TracedFleet } from '../checks/traced';
import type { Rtc } from '../homeserver/homeserver';
import type { RtcOptions } from '../homeserver/options';

/**
 * What the fleet's homeservers all say of how calls reach them, which another one had better say, too: the network is the same. A load balancer
 * is theirs alone where each has an address of its own.
 */
export function callsOfAll({ homeservers }: TracedFleet): Partial<RtcOptions> {
  const all = homeservers.flatMap(({ model: { rtc, state } }) => (rtc && state !== 'retired' ? [rtc] : []));
  const [first] = all;
  if (first === undefined) return {};
  const same = (of: (rtc: Rtc) => unknown) => all.every((rtc) => JSON.stringify(of(rtc)) === JSON.stringify(of(first)));
  const { exposure, publicIp, annotations } = first;
  const isReachable = exposure !== 'LoadBalancer' || same((rtc) => rtc.publicIp);
  const isBalanced = exposure === 'LoadBalancer' && same((rtc) => rtc.annotations) && Object.keys(annotations).length > 0;
  return {
    ...all.every(({ udp }) => udp === false) && { udp: false },
    ...exposure !== 'NodePort' && isReachable && same((rtc) => rtc.exposure) && { exposure, ...isBalanced && { loadBalancer: { annotations } } },
    ...publicIp !== undefined && same((rtc) => [rtc.exposure, rtc.publicIp]) && { publicIp },
    ...all.every(({ dynamicAddress }) => dynamicAddress) && { dynamicAddress: true },
  };
}
