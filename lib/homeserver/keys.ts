import type { RandomKind, SecretKey, SecretSpec, SuppliedFormat } from '../secrets/secret';
import type { Homeserver } from './homeserver';

/** A credential of the ESS chart: where its value is in the chart's values, and under which key the chart's own Secret holds it. */
interface Credential {
  /** Path in the chart's values. */
  readonly path: readonly string[];
  /** Key in `<release>-generated`, by the chart's own names (its init-secrets helper, 26.2.3 to 26.8.1). */
  readonly key: string;
  readonly what: string;
  /** Made new where the old installation had none that matter: nothing outside the homeserver knows it. */
  readonly replaceable?: RandomKind;
  /** Made new where its component has never run: a MAS that accounts are still to move to. */
  readonly first?: RandomKind;
  /** @default text */
  readonly format?: SuppliedFormat;
}

/** Every credential that the homeserver's components need, for its chart version. */
export function credentialsOf(homeserver: Homeserver): readonly Credential[] {
  const { mas, rtc, hookshot } = homeserver;
  return [...synapseCredentials, ...mas ? masCredentials : [], ...rtc ? rtcCredentials : [], ...hookshot ? hookshotCredentials(homeserver) : []];
}

const synapseCredentials: readonly Credential[] = [
  { path: ['synapse', 'signingKey'], key: 'SYNAPSE_SIGNING_KEY', format: 'signing-key', what: 'the signing key, by which every other homeserver knows this one' },
  { path: ['synapse', 'macaroon'], key: 'SYNAPSE_MACAROON', what: 'macaroon_secret_key, which signs access tokens and the like' },
  { path: ['synapse', 'registrationSharedSecret'], key: 'SYNAPSE_REGISTRATION_SHARED_SECRET', replaceable: 'password', what: 'registration_shared_secret' },
];

const masCredentials: readonly Credential[] = [
  { path: ['matrixAuthenticationService', 'synapseSharedSecret'], key: 'MAS_SYNAPSE_SHARED_SECRET', replaceable: 'password', what: 'the secret that MAS and Synapse share' },
  { path: ['matrixAuthenticationService', 'encryptionSecret'], key: 'MAS_ENCRYPTION_SECRET', format: 'hex64', first: 'hex64', what: 'the encryption secret of MAS, without which everybody must log in again' },
  { path: ['matrixAuthenticationService', 'privateKeys', 'rsa'], key: 'MAS_RSA_PRIVATE_KEY', format: 'bytes', first: 'rsa-der', what: 'the RSA key that MAS signs tokens with' },
  { path: ['matrixAuthenticationService', 'privateKeys', 'ecdsaPrime256v1'], key: 'MAS_ECDSA_PRIME256V1_PRIVATE_KEY', format: 'bytes', replaceable: 'ecdsa-der', what: 'the ECDSA key that MAS signs tokens with' },
];

const rtcCredentials: readonly Credential[] = [
  { path: ['matrixRTC', 'livekitAuth', 'secret'], key: 'ELEMENT_CALL_LIVEKIT_SECRET', replaceable: 'password', what: 'the secret that LiveKit and its authoriser share' },
];

function hookshotCredentials({ names: { release } }: Homeserver): readonly Credential[] {
  const url = `http://${release}-hookshot.${release}.svc.cluster.local:9993`;
  return [
    { path: ['hookshot', 'appserviceRegistration'], key: 'HOOKSHOT_REGISTRATION', format: 'bytes', replaceable: `hookshot-registration ${url}`, what: 'the registration of Hookshot as application service' },
    { path: ['hookshot', 'passkey'], key: 'HOOKSHOT_RSA_PASSKEY', format: 'bytes', replaceable: 'rsa-pem', what: 'the key that Hookshot encrypts its tokens with' },
  ];
}

/** Old signing keys that a former chart-made Secret carries along; the chart reads them from nowhere else. */
export const oldSigningKeys = 'SYNAPSE_EXTRA';

/** The file of Synapse's configuration that they become. */
export const oldSigningKeysFile = '00-restored.yaml';

/**
 * Chart values by which a restored homeserver takes every credential from its own Secret and the chart makes none.
 * A pod that mounts a missing Secret waits, so nothing can start with another identity.
 */
export function restoredKeyValues(homeserver: Homeserver): Record<string, unknown> {
  const { origin, names } = homeserver;
  if (origin === 'fresh') return {};
  const values: Record<string, unknown> = { initSecrets: { enabled: false } };
  for (const { path, key } of credentialsOf(homeserver)) set(values, path, { secret: names.keySecret, secretKey: key });
  if (homeserver.rtc) set(values, ['matrixRTC', 'livekitAuth', 'key'], 'matrix-rtc');
  if (origin.restoredFrom === 'ess') {
    set(values, ['synapse', 'additional', oldSigningKeysFile], { configSecret: names.keySecret, configSecretKey: oldSigningKeys });
  }
  return values;
}

/** By which the chart knows the Secret as one that it may add to. */
export const chartsOwn = { 'app.kubernetes.io/managed-by': 'matrix-tools-init-secrets' } as const;

/** The Secret that a restored homeserver brings along; none for a fresh one, whose keys the chart makes. */
export function restoredKeySecrets(homeserver: Homeserver): readonly SecretSpec[] {
  const { origin, names, mas } = homeserver;
  if (origin === 'fresh') return [];
  const neverRan = mas && mas.syn2mas !== undefined ? masCredentials : [];
  const keys = credentialsOf(homeserver).map((credential): SecretKey => {
    const { key, what, replaceable, first = replaceable, format = 'text' } = credential;
    const random = neverRan.includes(credential) ? first : origin.restoredFrom === 'matrix-chart' ? replaceable : undefined;
    return random ? { key, random } : { key, supplied: `${names.variables}_${key}`, what, format };
  });
  const old: SecretKey = { key: oldSigningKeys, supplied: `${names.variables}_${oldSigningKeys}`, what: 'the old signing keys that the chart recorded, or {}', format: 'bytes' };
  return [{
    namespace: names.release,
    name: names.keySecret,
    labels: chartsOwn,
    keys: origin.restoredFrom === 'ess' ? [...keys, old] : keys,
  }];
}

function set(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) target[head] = value;
  else set((target[head] ??= {}) as Record<string, unknown>, rest, value);
}
