import type { Ingress } from '../cluster/cluster';
import { resources } from '../cluster/resources';
import { join, merge } from '../merge';
import { certificateAnnotations } from './certificates';
import { has } from './chart-version';
import { caFile, caValues } from './external';
import { type ElementWeb, type Homeserver, type HostedComponent, type Mas, masKeepsAccounts, type Rtc, runsMas } from './homeserver';
import { identityProviderValues } from './identity-providers';
import { imageValues } from './images';
import { restoredKeyValues } from './keys';
import { type DatabaseService, rehearsalFile } from './names';
import { yamlText } from './yaml';

type Values = Record<string, unknown>;

/** Jobs that run for seconds at each sync. */
const jobResources = resources('50m', '50Mi', '200Mi');

const exporterResources = resources('10m', '20Mi', '64Mi');

/**
 * The values of the ESS chart: what the typed options mean at the homeserver's chart version, then the user's raw values over it.
 * A homeserver that does not run keeps all of them, so that it starts again as it was, with every component off.
 */
export function chartValues(homeserver: Homeserver): Values {
  const values = merge(typedValues(homeserver), homeserver.values) as Values;
  return homeserver.state === 'running' ? values : merge(values, allOff) as Values;
}

/** With these off, the chart renders nothing at all at any supported version, not even its jobs (tried with Helm 3.22). */
const allOff: Values = Object.fromEntries(
  ['synapse', 'matrixAuthenticationService', 'elementWeb', 'elementAdmin', 'matrixRTC', 'hookshot', 'wellKnownDelegation', 'postgres']
    .map((component) => [component, { enabled: false }]),
);

/** The values without the user's raw ones. */
export function typedValues(homeserver: Homeserver): Values {
  const { chartVersion, surroundings } = homeserver;
  const values: Values = {
    serverName: homeserver.serverName,
    // Behind a proxy, the chart's Ingresses stand there for nobody: the chart can't leave them out.
    ...surroundings.ingress
      ? { certManager: { clusterIssuer: homeserver.issuer }, ingress: ingressValues(homeserver, surroundings.ingress) }
      : { ingress: { tlsEnabled: false } },
    image: { pullPolicy: 'IfNotPresent' },
    ...has(chartVersion, '26.7.0') && { priorityClassName: surroundings.priorityClass },
    initSecrets: { resources: jobResources },
    deploymentMarkers: { resources: jobResources },
    postgres: builtInPostgres(homeserver),
    synapse: synapse(homeserver),
    matrixAuthenticationService: homeserver.mas && runsMas(homeserver) ? mas(homeserver, homeserver.mas) : { enabled: false },
    elementWeb: homeserver.elementWeb ? elementWeb(homeserver, homeserver.elementWeb) : { enabled: false },
    elementAdmin: homeserver.elementAdmin ? hosted(homeserver.elementAdmin) : { enabled: false },
    matrixRTC: homeserver.rtc ? matrixRtc(homeserver, homeserver.rtc) : { enabled: false },
    hookshot: homeserver.hookshot
      ? { enabled: true, ...homeserver.hookshot.host && { ingress: { host: homeserver.hookshot.host } }, resources: homeserver.hookshot.resources }
      : { enabled: false },
    wellKnownDelegation: wellKnown(homeserver),
    haproxy: { replicas: homeserver.haproxy.replicas, resources: homeserver.haproxy.resources },
    redis: { resources: homeserver.redis.resources, ...has(chartVersion, '26.6.0') && { redisExporter: { resources: exporterResources } } },
  };
  return layers.reduce<Values>((under, layer) => join(under, layer(homeserver)) as Values, values);
}

/** What several options add to. */
const layers = [caOfDatabase, restoredKeyValues, identityProviderValues, imageValues];

function ingressValues(homeserver: Homeserver, { className, controller }: Ingress): Values {
  const annotations = certificateAnnotations(homeserver);
  return { className, ...controller === 'ingress-nginx' && { controllerType: controller }, ...Object.keys(annotations).length > 0 && { annotations } };
}

/** The authority of the database's certificate, for whoever connects. */
function caOfDatabase(homeserver: Homeserver): Values {
  const { extraVolumes, extraVolumeMounts, ...mas } = caValues(homeserver, `database:\n  ssl_ca_file: ${caFile}\n`);
  const mounted = { extraVolumes, extraVolumeMounts };
  return extraVolumes === undefined ? {} : {
    synapse: caValues(homeserver, `database:\n  args:\n    sslrootcert: ${caFile}\n`),
    ...runsMas(homeserver) && { matrixAuthenticationService: { ...mas, ...mounted, ...homeserver.mas && homeserver.mas.syn2mas && { syn2mas: mounted } } },
  };
}

function synapse(homeserver: Homeserver): Values {
  const { synapse: { host, media, workers, resources: own }, names, registration } = homeserver;
  const additional = {
    ...!masKeepsAccounts(homeserver) && registration !== 'closed' && { [`${registrationFile}.yaml`]: { config: synapseRegistration(registration) } },
    ...homeserver.rehearsal && { [rehearsalFile]: { config: unreachable } },
  };
  return {
    ingress: { host },
    ...connection(homeserver, 'synapse'),
    media: { maxUploadSize: media.maxUploadSize, storage: { existingClaim: names.mediaClaim } },
    resources: own,
    ...checkConfigHook(homeserver),
    ...workers.length > 0 && {
      workers: Object.fromEntries(workers.map(({ type, replicas, resources: ofWorker }) =>
        [type, { enabled: true, ...replicas !== undefined && { replicas }, resources: ofWorker }])),
    },
    ...Object.keys(additional).length > 0 && { additional },
  };
}

/**
 * Off while accounts move: the check would run beside the migration, not before it, and Synapse's own single sign-on, which syn2mas reads,
 * is an error in its eyes.
 */
function checkConfigHook({ mas, chartVersion }: Homeserver): Values {
  if (mas && mas.syn2mas === 'migrate') return { checkConfigHook: { enabled: false } };
  return has(chartVersion, '26.3.1') ? { checkConfigHook: { resources: resources('50m', '128Mi', '512Mi') } } : {};
}

/** A file name of ours, which a user's own configuration is not likely to bear: equal names would replace each other. */
const registrationFile = 'fleet-registration';

/** No address is one that Synapse may send federation or push messages to. The chart joins lists, so no other file can take it back. */
const unreachable = ['ip_range_blacklist', 'federation_ip_range_blacklist'].map((setting) => `${setting}: ['0.0.0.0/0', '::/0']\n`).join('');

type Registration = Exclude<Homeserver['registration'], 'closed'>;

/** For Synapse, where accounts are its own. */
function synapseRegistration(registration: Registration): string {
  const condition = {
    token: 'registration_requires_token: true',
    email: 'registrations_require_3pid: [email]',
    open: 'enable_registration_without_verification: true',
  };
  return `enable_registration: true\n${condition[registration]}\n`;
}

/** For MAS, which wants a confirmed address of everybody, also of who has a token, unless it is told otherwise. */
function masRegistration(registration: Registration): string {
  return 'account:\n  password_registration_enabled: true\n'
    + (registration === 'token' ? '  registration_token_required: true\n' : '')
    + (registration === 'email' ? '' : '  password_registration_email_required: false\n');
}

function builtInPostgres({ names, place }: Homeserver): Values {
  if (place.kind !== 'built-in') return { enabled: false };
  return { enabled: true, storage: { existingClaim: names.databaseClaim }, resources: place.resources, postgresExporter: { resources: exporterResources } };
}

/** How a service reaches its database; the chart knows the way to its own. */
function connection({ names, place, databases }: Homeserver, service: DatabaseService): Values {
  const database = databases.find((one) => one.service === service);
  if (place.kind === 'built-in' || database === undefined) return {};
  const { host, port, sslMode } = place.kind === 'external' ? place : { host: place.host, port: 5432, sslMode: 'require' };
  return { postgres: { host, port, user: database.role, database: database.name, sslMode, password: { secret: names.databaseSecret, secretKey: service } } };
}

/** @param more what it has beside what every component has */
function hosted({ host, replicas, resources: own }: HostedComponent, more: Values = {}): Values {
  return { ingress: { host }, replicas, resources: own, ...more };
}

function mas(homeserver: Homeserver, component: Mas): Values {
  const { registration } = homeserver;
  return hosted(component, {
    ...connection(homeserver, 'mas'),
    ...component.syn2mas && { syn2mas: { enabled: true, dryRun: component.syn2mas !== 'migrate', resources: resources('50m', '96Mi', '512Mi') } },
    ...masKeepsAccounts(homeserver) && registration !== 'closed' && {
      additional: { [`${registrationFile}.yaml`]: { config: masRegistration(registration) } },
    },
  });
}

function elementWeb({ registration }: Homeserver, component: ElementWeb): Values {
  const additional = {
    ...Object.keys(component.config).length > 0 && { 'fleet-config.json': jsonText(component.config) },
    ...registration !== 'closed' && { [`${registrationFile}.json`]: jsonText({ setting_defaults: { 'UIFeature.registration': true } }) },
  };
  return hosted(component, Object.keys(additional).length > 0 ? { additional } : {});
}

/** JSON in which Helm finds no beginning of a template. */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll('{{', '{\\u007b');
}

function matrixRtc({ serverName, wellKnown, synapse, surroundings: { hairpin } }: Homeserver, { host, tcp, udp, exposure, publicIp, resources: sfu, authoriser }: Rtc): Values {
  // Behind a load balancer it is a Service of ours that exposes them: the chart's own takes IPv6 along, which some clouds refuse.
  const own = exposure === 'LoadBalancer';
  const service = (port: number | false): Values => (own || port === false ? { enabled: false } : { enabled: true, portType: exposure, port });
  const media = { ...own && { tcp_port: tcp, ...udp !== false && { udp_port: udp } }, ...udp === false && { force_tcp: true } };
  return {
    ingress: { host },
    // What the authoriser asks for: who answers for the server name, which may be another server, whether the user is one of it, and a room of the media server.
    ...hairpin !== undefined && { hostAliases: [{ ip: hairpin, hostnames: [...new Set([...wellKnown ? [serverName] : [], synapse.host, host])] }] },
    resources: authoriser.resources,
    sfu: {
      resources: sfu,
      ...exposure === 'HostPort' && { hostNetwork: true },
      ...publicIp && { manualIP: publicIp, useStunToDiscoverPublicIP: false },
      exposedServices: { rtcTcp: service(tcp), rtcMuxedUdp: service(udp) },
      ...Object.keys(media).length > 0 && { additional: { 'fleet-media.yaml': { config: yamlText({ rtc: media }) } } },
    },
  };
}

function wellKnown({ wellKnown: own, elementWeb: web }: Homeserver): Values {
  if (!own) return { enabled: false };
  if (own.redirect === false || (own.redirect === undefined && !web)) return { enabled: true, baseDomainRedirect: { enabled: false } };
  return own.redirect === undefined ? { enabled: true } : { enabled: true, baseDomainRedirect: { enabled: true, url: own.redirect } };
}
