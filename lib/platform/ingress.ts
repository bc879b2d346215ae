import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import type { Platform } from './platform';

export interface WebIngressProps {
  readonly name: string;
  readonly namespace: string;
  /** Public host name. */
  readonly host: string;
  readonly service: { readonly name: string; /** Name of the port. */ readonly port: string };
}

/** Annotations of a web interface of the platform: a certificate by its issuer, and no answer over plain HTTP. */
export function webAnnotations({ issuer }: Platform): Record<string, string> {
  return { 'cert-manager.io/cluster-issuer': issuer, 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' };
}

/** The Ingress of one web interface of the platform. TLS ends at the ingress controller. */
export function webIngress(platform: Platform, { name, namespace, host, service }: WebIngressProps): Manifest {
  const backend = { service: { name: service.name, port: { name: service.port } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: webAnnotations(platform) },
    spec: {
      ingressClassName: platform.ingress.className,
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      tls: [{ hosts: [host], secretName: `${name}-tls` }],
    } satisfies Plain<k8s.IngressSpec>,
  };
}
