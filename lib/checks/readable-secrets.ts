import { essSchema } from '../../imports';
import type { ChartVersion } from '../homeserver/options';
import { isMap } from '../merge';
import { isSealed } from '../secrets/sealing';
import { isPlaceholderSecret } from '../secrets/vault-plugin';
import { credentialsIn, leaves, secretSpans } from './credentials';
import { extraManifests } from './extra-manifests';
import type { Path } from './path';
import type { Fault, Rule } from './rule';
import { schemasAt } from './schema-walk';
import { type Place, placeIn, placeOf, type TracedFleet } from './traced';
import { parseYaml } from './yaml-text';

const keepOut = 'keep it in a Secret that is made in the cluster';

function* secretObjects(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at, way } of extraManifests(fleet)) {
    if (!isMap(manifest) || manifest['apiVersion'] !== 'v1' || manifest['kind'] !== 'Secret') continue;
    // Argo CD puts the values into placeholders, but nobody does where Secrets go another way.
    if (way === 'vault-plugin' && isPlaceholderSecret(manifest)) continue;
    for (const field of ['data', 'stringData']) {
      const data = manifest[field];
      if (!isMap(data) || Object.keys(data).length === 0) continue;
      yield { ...at([field]), message: 'everybody who reads the repository reads this Secret', fix: `${keepOut}, or write a SealedSecret or an ExternalSecret` };
    }
  }
}

/** Credentials of the ESS chart that are written out: a `value` where the schema takes `secret` and `secretKey` as well. */
function* inlineCredentials(values: unknown, version: ChartVersion): Generator<Path> {
  for (const [path, leaf] of leaves(values)) {
    if (path.at(-1) !== 'value' || typeof leaf !== 'string' || leaf === '') continue;
    const isCredential = schemasAt(essSchema(version), path.slice(0, -1)).some(({ properties }) => isMap(properties) && 'secret' in properties && 'secretKey' in properties);
    if (isCredential) yield path;
  }
}

/** Whether configuration stands there, a text that the chart takes as `additional.<file>.config`, or as `additional.<file>` itself. */
const isConfig = (path: Path): boolean => path.at(-2) === 'additional' || (path.at(-1) === 'config' && path.at(-3) === 'additional');

/** Configuration with secrets in it, be it YAML or any other text. */
function* inlineConfigs(values: unknown): Generator<Path> {
  for (const [path, leaf] of leaves(values)) {
    if (!isConfig(path) || typeof leaf !== 'string') continue;
    const config = parseYaml(leaf);
    if (secretSpans(leaf).length > 0 || ('value' in config && !credentialsIn(config.value, 'config').next().done)) yield path;
  }
}

function* secretValues({ platform, homeservers }: TracedFleet): Generator<Fault> {
  for (const { model: { values, chartVersion }, words } of homeservers) {
    if (Object.keys(values).length === 0) continue;
    const at = (path: Path): Place => placeOf(words, ['values', ...path]) ?? placeIn(words[0], ['values', ...path]);
    for (const path of inlineCredentials(values, chartVersion)) {
      yield { ...at(path), message: 'everybody who reads the repository reads this credential', fix: `${keepOut}, and name it by secret and secretKey` };
    }
    for (const { path } of credentialsIn(values)) {
      if (isConfig(path)) continue;
      yield { ...at(path), message: 'everybody who reads the repository reads this secret', fix: `${keepOut}, and name it as the chart allows` };
    }
    for (const path of inlineConfigs(values)) {
      yield { ...at(path), message: 'everybody who reads the repository reads a secret in this configuration', fix: path.at(-1) === 'config' ? `${keepOut}, and name it by configSecret and configSecretKey` : 'take it away: browsers read it, too' };
    }
  }
  const { argocd, certManager, traefik, monitoring, sealedSecrets, externalSecrets } = platform.model;
  const charts: [Path, unknown][] = [
    [['platform', 'argocd', 'values'], argocd.values],
    [['platform', 'certManager', 'values'], certManager ? certManager.values : {}],
    ...traefik ? [[['platform', 'traefik', 'values'], traefik.values] as [Path, unknown]] : [],
    ...monitoring ? [[['platform', 'monitoring', 'values'], monitoring.values] as [Path, unknown]] : [],
    ...sealedSecrets ? [[['platform', 'sealedSecrets', 'values'], sealedSecrets.values] as [Path, unknown]] : [],
    ...externalSecrets ? [[['platform', 'externalSecrets', 'values'], externalSecrets.values] as [Path, unknown]] : [],
  ];
  for (const [start, values] of charts) {
    for (const { path } of credentialsIn(values)) {
      yield { ...placeIn(platform.words[0], [...start, ...path]), message: 'everybody who reads the repository reads this secret', fix: `${keepOut}, and name it as the chart allows` };
    }
  }
}

/** Paths of what can be read in a SealedSecret: values that are not sealed, and what its template adds to them. */
function* readableInSealed(manifest: Record<string, unknown>): Generator<{ readonly path: Path }> {
  const { encryptedData, ...rest } = isMap(manifest['spec']) ? manifest['spec'] : {};
  if (isMap(encryptedData)) for (const [key, value] of Object.entries(encryptedData)) if (!isSealed(value)) yield { path: ['spec', 'encryptedData', key] };
  yield* credentialsIn({ ...manifest, spec: rest });
}

function* secretsElsewhere(fleet: TracedFleet): Generator<Fault> {
  const message = 'everybody who reads the repository reads this secret';
  for (const { manifest, at } of extraManifests(fleet)) {
    // A Secret is the other rule's.
    if (!isMap(manifest) || manifest['kind'] === 'Secret') continue;
    for (const { path } of manifest['kind'] === 'SealedSecret' ? readableInSealed(manifest) : credentialsIn(manifest)) yield { ...at(path), message, fix: `${keepOut}, and refer to it` };
  }
  for (const { value, words, path } of typedOptions(fleet)) {
    if (typeof value !== 'string') for (const { path: rest } of credentialsIn(value)) yield { ...placeOf(words, [...path, ...rest]) ?? placeIn(words[0], [...path, ...rest]), message, fix: 'take it away: no secret has its place there' };
    else if (secretSpans(value).length > 0) yield { ...placeOf(words, path) ?? placeIn(words[0], path), message, fix: 'take it out of the URL' };
  }
}

/** What options take from the user as it is: URLs, and lists and maps of a foreign language. */
function* typedOptions({ platform: { model: { backups, databaseClusters, externalSecrets }, words }, homeservers }: TracedFleet): Generator<{ readonly value: unknown; readonly words: TracedFleet['platform']['words']; readonly path: Path }> {
  if (backups) yield { value: backups.endpoint, words, path: ['platform', 'backups', 'endpoint'] };
  if (externalSecrets && externalSecrets.vault) yield { value: externalSecrets.vault.server, words, path: ['platform', 'externalSecrets', 'vault', 'server'] };
  for (const { path, parameters } of databaseClusters) yield { value: parameters, words, path: [...path, 'parameters'] };
  for (const { model: { identityProviders, wellKnown, synapse: { media }, rtc, elementWeb }, words: own } of homeservers) {
    for (const [index, { issuer }] of identityProviders.entries()) yield { value: issuer, words: own, path: ['identityProviders', index, 'issuer'] };
    if (wellKnown) yield { value: wellKnown.redirect, words: own, path: ['wellKnown', 'redirect'] };
    yield { value: media.nfs?.mountOptions, words: own, path: ['synapse', 'media', 'nfs', 'mountOptions'] };
    if (rtc) yield { value: rtc.annotations, words: own, path: ['rtc', 'loadBalancer', 'annotations'] };
    if (elementWeb) yield { value: elementWeb.config, words: own, path: ['elementWeb', 'config'] };
  }
}

export const readableSecretRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'secret-object',
    severity: 'error',
    what: 'No extra manifest is a Secret with its contents, but for placeholders of Argo CD Vault Plugin where Secrets go that way.',
    why: 'It would be readable in git, by everybody and for ever; base64 is no encryption.',
    fix: 'Make the Secret in the cluster, or write a SealedSecret or an ExternalSecret.',
    check: secretObjects,
  },
  {
    id: 'secret-value',
    severity: 'error',
    what: 'No raw value of a chart, no URL, list or map among the options and no extra manifest holds a credential written out.',
    why: 'It would be readable in git, by everybody and for ever; the ESS chart would put it into a rendered Secret, and its hash on a pod, too.',
    fix: 'Keep it in a Secret that is made in the cluster, and name that.',
    check: (fleet) => [...secretValues(fleet), ...secretsElsewhere(fleet)],
  },
];
