import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from './homeserver';

/** What cert-manager reads on an Ingress of how long its certificate is to be valid. */
export function certificateAnnotations({ validity: { duration, renewBefore } }: Homeserver): Record<string, string> {
  return { ...duration && { 'cert-manager.io/duration': duration }, ...renewBefore && { 'cert-manager.io/renew-before': renewBefore } };
}

interface Web {
  /** Of the Ingress, and of the Service behind it, whose port is `http`. */
  readonly name: string;
  readonly host: string;
}

/** An Ingress with a certificate of its own, for what the chart does not know of; none behind a proxy. */
export function webIngress(homeserver: Homeserver, { name, host }: Web): readonly Manifest[] {
  const { names, issuer, surroundings: { ingress } } = homeserver;
  return ingress ? [{
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: names.release, annotations: { 'cert-manager.io/cluster-issuer': issuer, ...certificateAnnotations(homeserver) } },
    spec: {
      ingressClassName: ingress.className,
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }] } }],
      tls: [{ hosts: [host], secretName: `${name}-tls` }],
    } satisfies Plain<k8s.IngressSpec>,
  }] : [];
}
