import type { Traced, TracedFleet } from '../checks/traced';
import { argocdNamespace } from '../gitops/application';
import type { Homeserver } from '../homeserver/homeserver';
import { type DnsRecord, dnsRecords } from '../inventory/dns';
import { homeserverHosts } from '../inventory/hosts';
import { type SecretValueSource, secretValueSources } from '../inventory/secrets';
import { type OpenPorts, openPorts } from '../inventory/ports';
import { type ProxiedHost, proxiedHosts } from '../inventory/routes';
import { type Pull, pullOf } from './mover';

/** What a runbook is about: a homeserver, and the names of what surrounds it. */
export interface Subject extends Homeserver {
  readonly records: readonly DnsRecord[];
  /** The Secret that cert-manager keeps the certificate of a host in; none where a proxy has the certificates. */
  readonly certificates: readonly { readonly host: string; readonly secret: string }[];
  /** Whether certificates are issued before a name leads here. */
  readonly issuedAhead: boolean;
  readonly argocd: string;
  /** The image of pods that are made by hand, from where the homeserver has its own. */
  readonly pull: Pull;
  /** What a proxy outside the cluster passes on to it; empty where none stands before this fleet. */
  readonly proxied: readonly ProxiedHost[];
  /** Those that calls come in by. */
  readonly ports: readonly OpenPorts[];
  /** What its Secrets are made of, by way and place. */
  readonly secretValues: readonly SecretValueSource[];
}

export function subjectOf(fleet: TracedFleet, homeserver: Traced<Homeserver>): Subject {
  const { model } = homeserver;
  const { certManager, ingress } = fleet.platform.model;
  return {
    ...model,
    records: dnsRecords({ ...fleet, homeservers: [homeserver] }).filter((record) => record.homeserver === model.name),
    certificates: certManager && ingress ? homeserverHosts(model).map(({ host, service }) => ({ host, secret: `${model.names.release}-${tlsSecrets[service]!}` })) : [],
    issuedAhead: certManager && certManager.solver === 'cloudflare',
    argocd: argocdNamespace,
    pull: pullOf(model.images, model.names.pullSecret),
    ports: openPorts({ ...fleet, homeservers: [...fleet.homeservers.filter((one) => one.model.name !== model.name), homeserver] }).filter((port) => port.homeserver === model.name),
    secretValues: secretValueSources({ ...fleet, homeservers: [homeserver] }).filter(({ who }) => who === model.name),
    proxied: proxiedHosts({ ...fleet, homeservers: [homeserver] }).filter((one) => one.homeserver === model.name),
  };
}

/** The Secrets of certificates, by what answers there: as the chart calls them, and as our own Ingresses do. */
const tlsSecrets: Readonly<Record<string, string>> = {
  Synapse: 'synapse-certmanager-tls',
  MAS: 'matrix-authentication-service-certmanager-tls',
  'Element Web': 'element-web-certmanager-tls',
  'Element Admin': 'element-admin-certmanager-tls',
  calls: 'matrix-rtc-certmanager-tls',
  Hookshot: 'hookshot-certmanager-tls',
  'well-known': 'well-known-certmanager-tls',
  'Element Call': 'element-call-tls',
  Maubot: 'maubot-tls',
};
