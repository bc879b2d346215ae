import { has } from '../homeserver/chart-version';
import { type Homeserver, masKeepsAccounts } from '../homeserver/homeserver';
import { typedValues } from '../homeserver/values';
import { isMap, merge } from '../merge';
import { type Path, pathText, valueAt } from './path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf, type Traced, type TracedFleet } from './traced';
import { parseYaml } from './yaml-text';

type Map = Record<string, unknown>;

/** Where the ESS chart takes files of configuration in YAML, by component. */
const homes = {
  synapse: ['synapse'],
  mas: ['matrixAuthenticationService'],
  sfu: ['matrixRTC', 'sfu'],
} as const satisfies Record<string, Path>;

type Component = keyof typeof homes;

/** A file of configuration that the user wrote out among the raw values. */
interface Configuration {
  readonly component: Component;
  readonly content: Map;
  /** `values.synapse.additional["a.yaml"].config`; what is inside has no path of its own. */
  readonly place: Place;
}

/** Where a raw value stands: in the homeserver's own words or the fleet's defaults. */
function valuePlace({ words }: Traced<Homeserver>, path: Path): Place {
  return placeOf(words, ['values', ...path]) ?? placeIn(words[0], ['values', ...path]);
}

function* configurations(homeserver: Traced<Homeserver>): Generator<Configuration> {
  for (const [component, home] of Object.entries(homes) as [Component, Path][]) {
    const additional = valueAt(homeserver.model.values, [...home, 'additional']);
    if (!isMap(additional)) continue;
    for (const [file, entry] of Object.entries(additional)) {
      const content = contentOf(entry);
      if (content) yield { component, content, place: valuePlace(homeserver, [...home, 'additional', file, 'config']) };
    }
  }
}

function contentOf(entry: unknown): Map | undefined {
  const config = isMap(entry) ? entry['config'] : undefined;
  const read = typeof config === 'string' ? parseYaml(config) : undefined;
  return read && 'value' in read && isMap(read.value) ? read.value : undefined;
}

/** What a component reads in the end of all that is written out, in the order of the files' names; undefined where some of it is in a Secret. */
function merged({ model }: Traced<Homeserver>, component: Component): Map | undefined {
  const path = [...homes[component], 'additional'];
  if (valueAt(model.values, path) === undefined) return undefined;
  const files = Object.entries((valueAt(merge(typedValues(model), model.values), path) ?? {}) as Map).sort(([a], [b]) => (a < b ? -1 : 1));
  if (files.some(([, entry]) => valueAt(entry, ['configSecret']) !== undefined)) return undefined;
  return files.reduce<Map>((all, [, entry]) => merge(all, contentOf(entry) ?? {}) as Map, {});
}

/** Settings that the chart writes after everything else (configs of the chart's components, `overrides`), and what to set instead. */
const owned: Readonly<Record<Component, readonly (readonly [setting: string, instead: string])[]>> = {
  synapse: [
    ['public_baseurl', 'set synapse.host'],
    ['server_name', 'set serverName'],
    ['signing_key_path', 'name the key by values.synapse.signingKey'],
    ['macaroon_secret_key_path', 'name the secret by values.synapse.macaroon'],
    ['registration_shared_secret_path', 'name the secret by values.synapse.registrationSharedSecret'],
    ['enable_metrics', 'take it away: metrics are on'],
    ['log_config', 'set values.synapse.logging'],
    ['media_store_path', 'take it away: uploads are on the media volume'],
    ['max_upload_size', 'set synapse.media.maxUploadSize'],
    ['send_federation', 'set synapse.workers'],
    ['start_pushers', 'set synapse.workers'],
    ['instance_map', 'set synapse.workers'],
    ...['name', 'args.user', 'args.password', 'args.host', 'args.port', 'args.sslmode', 'args.dbname']
      .map((key) => [`database.${key}`, 'take it away: the fleet\'s own database is used'] as const),
  ],
  mas: [
    ['http.public_base', 'set mas.host'],
    ...['uri', 'host', 'port', 'username', 'password_file', 'database', 'ssl_mode'].map((key) => [`database.${key}`, 'take it away: the fleet\'s own database is used'] as const),
    ['matrix.homeserver', 'set serverName'],
    ['matrix.endpoint', 'take it away: MAS talks to this homeserver\'s Synapse'],
    ['matrix.secret_file', 'name the secret by values.matrixAuthenticationService.synapseSharedSecret'],
    ['secrets.encryption_file', 'name the secret by values.matrixAuthenticationService.encryptionSecret'],
  ],
  sfu: [
    ['port', 'take it away'],
    ['rtc.node_ip', 'set rtc.publicIp'],
    ['rtc.use_external_ip', 'set rtc.publicIp'],
    ['rtc.tcp_port', 'set rtc.tcp'],
    ['rtc.udp_port', 'set rtc.udp'],
    ['key_file', 'name the secret by values.matrixRTC.livekitAuth'],
  ],
};

function* ignored(homeserver: Traced<Homeserver>): Generator<Fault> {
  for (const { component, content, place } of configurations(homeserver)) {
    for (const [setting, instead] of owned[component]) {
      if (valueAt(content, setting.split('.')) !== undefined) yield { ...place, message: `${setting} is written by the chart, whose word is the last`, fix: instead };
    }
  }
}

/** What must be a list or a map, by what reads it (Synapse, config/oidc.py; MAS, crates/config): MAS does not start on anything else. */
const shapes: Readonly<Partial<Record<Component, readonly (readonly [setting: string, shape: 'list' | 'map'])[]>>> = {
  synapse: [['oidc_providers', 'list'], ['password_config', 'map'], ['email', 'map']],
  mas: [
    ...['http', 'database', 'matrix', 'secrets', 'passwords', 'account', 'upstream_oauth2', 'email', 'branding', 'policy', 'rate_limiting', 'captcha', 'experimental', 'templates', 'telemetry']
      .map((section) => [section, 'map'] as const),
    ['clients', 'list'], ['upstream_oauth2.providers', 'list'], ['passwords.schemes', 'list'],
  ],
};

function* misshapen(homeserver: Traced<Homeserver>): Generator<Fault> {
  for (const { component, content, place } of configurations(homeserver)) {
    for (const [setting, shape] of shapes[component] ?? []) {
      const value = valueAt(content, setting.split('.'));
      if (value === undefined || value === null || (shape === 'list' ? Array.isArray(value) : isMap(value))) continue;
      yield { ...place, message: `${setting} must be a ${shape}`, fix: shape === 'list' ? 'write one or more entries that begin with -' : 'write keys and values below it' };
    }
  }
}

/** What Synapse ignores or does not start with where logins are the business of MAS, by what it must not be. */
const notBesideMas: readonly (readonly [setting: string, isWrong: (value: unknown) => boolean])[] = [
  ['enable_registration', (value) => value === true],
  ['oidc_providers', (value) => Array.isArray(value) && value.length > 0],
  ['saml2_config', (value) => isMap(value) && value['enabled'] !== false],
  ['cas_config', (value) => isMap(value) && value['enabled'] === true],
  ['jwt_config', (value) => isMap(value) && value['enabled'] === true],
  ['password_config', (value) => isMap(value) && value['enabled'] === true],
  ['login_via_existing_session', (value) => isMap(value) && value['enabled'] === true],
];

function* besideMas(homeserver: Traced<Homeserver>): Generator<Fault> {
  const { mas } = homeserver.model;
  // Until all accounts are moved, syn2mas reads there how they used to log in.
  if (!mas || mas.syn2mas) return;
  for (const { component, content, place } of configurations(homeserver)) {
    if (component !== 'synapse') continue;
    for (const [setting, isWrong] of notBesideMas) {
      if (isWrong(content[setting])) yield { ...place, message: `${setting} is the business of mas, which is on`, fix: 'set it up in values.matrixAuthenticationService.additional, or turn mas off' };
    }
  }
}

function* openRegistration(homeserver: Traced<Homeserver>): Generator<Fault> {
  const component = masKeepsAccounts(homeserver.model) ? 'mas' : 'synapse';
  const content = merged(homeserver, component);
  const account = component === 'mas' ? content?.['account'] : content;
  if (!isMap(account)) return;
  const isOpen = component === 'mas'
    ? account['password_registration_enabled'] === true && account['password_registration_email_required'] === false && account['registration_token_required'] !== true
    : account['enable_registration'] === true && account['enable_registration_without_verification'] === true && account['registration_requires_token'] !== true;
  if (isOpen) yield { ...valuePlace(homeserver, [...homes[component], 'additional']), message: 'anybody may register, without a token and without a confirmed address', fix: 'set the option registration to token or email instead' };
}

/** Where a component reads the authority that signed its database's certificate. */
const authorities: readonly (readonly [Component, Path])[] = [['synapse', ['database', 'args', 'sslrootcert']], ['mas', ['database', 'ssl_ca_file']]];

function* unverifiable(homeserver: Traced<Homeserver>): Generator<Fault> {
  for (const [component, setting] of authorities) {
    const path = [...homes[component], 'postgres', 'sslMode'];
    const mode = valueAt(homeserver.model.values, path);
    if (mode !== 'verify-ca' && mode !== 'verify-full') continue;
    const additional = valueAt(homeserver.model.values, [...homes[component], 'additional']);
    const content = merged(homeserver, component);
    const isKnown = additional !== undefined && (content === undefined || valueAt(content, setting) !== undefined);
    if (!isKnown) {
      const values = homes[component].join('.');
      yield { ...valuePlace(homeserver, path), message: `${mode} needs the authority of the database's certificate, which nothing here names`, fix: `mount it by values.${values}.extraVolumes and extraVolumeMounts, and name it as ${pathText(setting)} in values.${values}.additional, or leave sslMode out` };
    }
  }
}

/** Variables that the chart sets itself (its `overrideEnv` templates), by where the user may give their own. */
const ownedVariables: readonly (readonly [Path, readonly string[]])[] = [
  [['synapse'], ['LD_PRELOAD']],
  [['matrixAuthenticationService'], ['MAS_CONFIG']],
  [['elementWeb'], ['NGINX_ENVSUBST_TEMPLATE_DIR']],
  [['elementAdmin'], ['SERVER_NAME']],
  [['matrixRTC'], ['LIVEKIT_KEY', 'LIVEKIT_SECRET_FROM_FILE', 'LIVEKIT_URL', 'LIVEKIT_FULL_ACCESS_HOMESERVERS', 'LIVEKIT_CS_API_URL_OVERRIDES']],
];

function* variablesIgnored(homeserver: Traced<Homeserver>): Generator<Fault> {
  for (const [component, names] of ownedVariables) {
    const path = [...component, 'extraEnv'];
    const variables = valueAt(homeserver.model.values, path);
    if (!Array.isArray(variables)) continue;
    for (const index of variables.keys()) {
      const name = valueAt(variables, [index, 'name']);
      if (names.includes(String(name))) yield { ...valuePlace(homeserver, [...path, index, 'name']), message: `${String(name)} is set by the chart, whose word is the last`, fix: 'take it away' };
    }
  }
}

function* hookOff(homeserver: Traced<Homeserver>): Generator<Fault> {
  const path = ['synapse', 'checkConfigHook', 'enabled'];
  if (valueAt(homeserver.model.values, path) !== false) return;
  yield { ...valuePlace(homeserver, path), message: 'nothing tries the configuration before it replaces the running one', fix: 'take it away' };
}

/** Components whose replicas the schema takes at any number, and the templates at any but 0. */
const replicated = ['matrixAuthenticationService', 'matrixRTC'];

function* zeroReplicas(homeserver: Traced<Homeserver>): Generator<Fault> {
  const { chartVersion, values } = homeserver.model;
  if (has(chartVersion, '26.7.0')) return;
  for (const component of replicated) {
    const path = [component, 'replicas'];
    if (valueAt(values, path) === 0) yield { ...valuePlace(homeserver, path), message: `the chart takes 0 for 1 at version ${chartVersion}`, fix: 'choose chartVersion 26.7.2 or newer, or state: \'stopped\'' };
  }
}

function* addressUnknown(homeserver: Traced<Homeserver>): Generator<Fault> {
  const { rtc, values } = homeserver.model;
  const path = ['matrixRTC', 'sfu', 'useStunToDiscoverPublicIP'];
  if (!rtc || rtc.publicIp !== undefined || valueAt(values, path) !== false || valueAt(values, ['matrixRTC', 'sfu', 'manualIP'])) return;
  yield { ...valuePlace(homeserver, path), message: 'without STUN, callers are told the address of the node, which may be a private one', fix: 'set rtc.publicIp instead' };
}

/** One Secret for every Ingress, the server name's included. */
function* oneCertificate(homeserver: Traced<Homeserver>): Generator<Fault> {
  const { values, wellKnown, serverName } = homeserver.model;
  const path = ['ingress', 'tlsSecret'];
  if (!valueAt(values, path) || !wellKnown || valueAt(values, ['wellKnownDelegation', 'ingress', 'tlsSecret'])) return;
  yield {
    ...valuePlace(homeserver, path),
    message: `is the certificate of ${serverName} itself, too, which one for *.${serverName} does not cover, and nothing renews it`,
    fix: `make sure that it names ${serverName}, or give values.wellKnownDelegation.ingress.tlsSecret another`,
  };
}

function each(check: (homeserver: Traced<Homeserver>) => Iterable<Fault>) {
  return function* ({ homeservers }: TracedFleet): Generator<Fault> {
    for (const homeserver of homeservers) if (Object.keys(homeserver.model.values).length > 0) yield* check(homeserver);
  };
}

export const configurationRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'config-ignored',
    severity: 'warning',
    what: 'No additional configuration sets what the chart sets itself.',
    why: 'The chart lays its own settings over all others, and nobody is told (ESS chart, configs/*/*overrides*).',
    fix: 'Set the option or the value that the chart\'s setting comes from.',
    check: each(ignored),
  },
  {
    id: 'config-shape',
    severity: 'error',
    what: 'Lists and maps among additional configuration are such.',
    why: 'Nothing tries the configuration of MAS before it replaces the running one: nobody could log in.',
    fix: 'Write it as the service\'s own documentation has it.',
    check: each(misshapen),
  },
  {
    id: 'config-beside-mas',
    severity: 'error',
    what: 'Synapse is configured for no logins and no registration of its own where MAS is on.',
    why: 'Logins are delegated then: Synapse does not start with providers or registration of its own (Synapse, config/mas.py), and the chart switches its passwords off.',
    fix: 'Configure MAS instead, or turn `mas` off.',
    check: each(besideMas),
  },
  {
    id: 'registration-open',
    severity: 'error',
    what: 'Nobody registers an account without a token and without a confirmed address, unless the option `registration` is `open`.',
    why: 'Bots find an open homeserver within days, and others block it for their spam (ESS chart, docs/advanced.md).',
    fix: 'Set the option `registration` to `token` or `email`, or to `open` where whoever comes is meant.',
    check: each(openRegistration),
  },
  {
    id: 'verify-without-ca',
    severity: 'error',
    what: 'Who is to verify the database\'s certificate knows the authority that signed it.',
    why: 'The fleet\'s database has an authority of its own, which no system trusts: no connection would succeed (ESS chart, synapse configs; CloudNativePG, certificates).',
    fix: 'Mount the authority and name it in the additional configuration, or leave `sslMode` out.',
    check: each(unverifiable),
  },
  {
    id: 'variable-ignored',
    severity: 'warning',
    what: 'No extra variable bears the name of one that the chart sets.',
    why: 'The chart\'s own is the last word (ESS chart, templates/ess-library/_pods.tpl).',
    fix: 'Take it away.',
    check: each(variablesIgnored),
  },
  {
    id: 'config-check-off',
    severity: 'warning',
    what: 'A new configuration of Synapse is tried before it replaces the running one.',
    why: 'The hook fails the sync and leaves the old Synapse running where the new one would not start (ESS chart, synapse.checkConfigHook).',
    fix: 'Leave `synapse.checkConfigHook` on.',
    check: each(hookOff),
  },
  {
    id: 'replicas-zero',
    severity: 'warning',
    what: 'No replicas are zero below version 26.7.0 of the chart.',
    why: 'Its templates take 0 for the default of 1 (ESS chart, release 26.7.0).',
    fix: 'Choose a newer `chartVersion`, or stop the homeserver by `state`.',
    check: each(zeroReplicas),
  },
  {
    id: 'address-unknown',
    severity: 'warning',
    what: 'A media server that does not ask for its public address is told it.',
    why: 'It offers callers the address of its node, and behind a translation of addresses no media comes (LiveKit, rtc.node_ip).',
    fix: 'Set `rtc.publicIp`.',
    check: each(addressUnknown),
  },
  {
    id: 'certificate-for-all',
    severity: 'warning',
    what: 'A certificate that is given for every host is right for the server name, too.',
    why: 'A wildcard covers one label below a domain and never the domain itself (RFC 6125, section 6.4.3), and with a given Secret the chart asks for no certificate (ESS chart, templates/ess-library/_ingress.tpl).',
    fix: 'Give the server name a certificate of its own, or one that names it beside the wildcard.',
    check: each(oneCertificate),
  },
];
