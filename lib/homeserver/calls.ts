import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from './homeserver';

/**
 * The load balancer of calls: the media server's ports and nothing else, at one address of IPv4 or IPv6. Clients' own addresses get
 * through, which ICE compares.
 */
export function callsLoadBalancer({ names, rtc }: Homeserver): readonly Manifest[] {
  if (!rtc || rtc.exposure !== 'LoadBalancer') return [];
  const { tcp, udp, annotations } = rtc;
  const port = (name: string, number: number, protocol: string) => ({ name, port: number, targetPort: number, protocol });
  return [{
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${names.release}-calls`, namespace: names.release, ...Object.keys(annotations).length > 0 && { annotations } },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      ipFamilyPolicy: 'SingleStack',
      selector: { 'app.kubernetes.io/instance': `${names.release}-matrix-rtc-sfu` },
      ports: [port('tcp', tcp, 'TCP'), ...udp === false ? [] : [port('udp', udp, 'UDP')]],
    } as unknown as Plain<k8s.ServiceSpec>,
  }];
}
