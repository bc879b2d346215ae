import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { proxiedService, type ProxiedServiceProps } from '../cluster/proxy';
import { addManifests, type Manifest } from '../gitops/manifest';
import { ManifestFolder } from '../gitops/manifest-folder';
import { type Component, platformProject } from './component';
import type { Platform } from './platform';

export interface WebProps extends ProxiedServiceProps {
  /** Public host name. */
  readonly host: string;
  readonly service: { readonly name: string; /** Name of the port. */ readonly port: string };
}

/** Annotations of a web interface of the platform: a certificate by its issuer, and no answer over plain HTTP. */
function webAnnotations({ issuer, ingress }: Platform): Record<string, string> {
  const traefik = ingress && ingress.controller === 'traefik';
  return { 'cert-manager.io/cluster-issuer': issuer, ...traefik && { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' } };
}

/** Values of a chart that makes the Ingress of its web interface itself; none behind a proxy. */
export function ingressValues(platform: Platform, own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { ingress } = platform;
  return ingress ? { enabled: true, ingressClassName: ingress.className, annotations: webAnnotations(platform), ...own } : { enabled: false };
}

/** The way in to one web interface of the platform: an Ingress, where TLS ends at its controller, or a port for the proxy where it ends. */
export function webEntry(platform: Platform, props: WebProps): Manifest {
  const { cluster: { proxy }, ingress } = platform;
  if (proxy) return proxiedService(proxy, { ...props, name: `${props.name}-proxy` });
  const { name, namespace, host, service } = props;
  const backend = { service: { name: service.name, port: { name: service.port } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: webAnnotations(platform) },
    spec: {
      ...ingress && { ingressClassName: ingress.className },
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      tls: [{ hosts: [host], secretName: `${name}-tls` }],
    } satisfies Plain<k8s.IngressSpec>,
  };
}

/** A port for the proxy to the web interface of a chart, in a folder of its own: the chart knows no Service with that port alone. */
export function addProxiedWeb(component: Component, { cluster: { proxy } }: Platform, props: ProxiedServiceProps): void {
  if (!proxy) return;
  const { name, namespace } = props;
  addManifests(new ManifestFolder(component, { name, project: platformProject, namespace, stage: 'adoption' }), [proxiedService(proxy, props)]);
}
