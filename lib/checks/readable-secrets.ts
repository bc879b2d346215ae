import { essSchema } from '../../imports';
import type { ChartVersion } from '../homeserver/options';
import { isMap } from '../merge';
import { extraManifests } from './extra-manifests';
import type { Path } from './path';
import type { Fault, Rule } from './rule';
import { schemasAt } from './schema-walk';
import { type Place, placeIn, placeOf, type TracedFleet } from './traced';
import { parseYaml } from './yaml-text';

const keepOut = 'keep it in a Secret that is made in the cluster';

/** Keys whose value is a secret by itself, in charts' values and in the configuration of Synapse, MAS and Hookshot. */
const secretKey = /(password|passphrase|_pass|private_?key|secret_?access_?key|api_?key|access_?token|auth_?token|shared_secret|client_?secret|macaroon_secret_key|form_secret|recaptcha_private_key)$/i;

/** A map's and a list's members, all the way down. */
function* leaves(value: unknown, path: Path = []): Generator<[Path, string | number | boolean | null]> {
  if (Array.isArray(value)) for (const [index, member] of value.entries()) yield* leaves(member, [...path, index]);
  else if (isMap(value)) for (const [key, member] of Object.entries(value)) yield* leaves(member, [...path, key]);
  else if (value !== undefined) yield [path, value as string | number | boolean | null];
}

/** Paths of what is a secret by its key and readable by its value: neither empty nor a reference to a variable. */
function* secretLeaves(value: unknown): Generator<Path> {
  for (const [path, leaf] of leaves(value)) {
    if (typeof leaf === 'string' && leaf !== '' && !leaf.includes('$') && secretKey.test(String(path.at(-1)))) yield path;
  }
}

function* secretObjects(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of extraManifests(fleet)) {
    if (!isMap(manifest) || manifest['apiVersion'] !== 'v1' || manifest['kind'] !== 'Secret') continue;
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

/** Secrets in the configuration texts that the chart takes as `additional.<file>.config`. */
function* inlineConfigs(values: unknown): Generator<Path> {
  for (const [path, leaf] of leaves(values)) {
    if (path.at(-1) !== 'config' || path.at(-3) !== 'additional' || typeof leaf !== 'string') continue;
    const config = parseYaml(leaf);
    if ('value' in config && !secretLeaves(config.value).next().done) yield path;
  }
}

function* secretValues({ platform, homeservers }: TracedFleet): Generator<Fault> {
  for (const { model: { values, chartVersion }, words } of homeservers) {
    if (Object.keys(values).length === 0) continue;
    const at = (path: Path): Place => placeOf(words, ['values', ...path]) ?? placeIn(words[0], ['values', ...path]);
    for (const path of inlineCredentials(values, chartVersion)) {
      yield { ...at(path), message: 'everybody who reads the repository reads this credential', fix: `${keepOut}, and name it by secret and secretKey` };
    }
    for (const path of inlineConfigs(values)) {
      yield { ...at(path), message: 'everybody who reads the repository reads a secret in this configuration', fix: `${keepOut}, and name it by configSecret and configSecretKey` };
    }
  }
  const { argocd, certManager, traefik, monitoring } = platform.model;
  const charts: [Path, unknown][] = [
    [['platform', 'argocd', 'values'], argocd.values],
    [['platform', 'certManager', 'values'], certManager.values],
    ...traefik ? [[['platform', 'traefik', 'values'], traefik.values] as [Path, unknown]] : [],
    ...monitoring ? [[['platform', 'monitoring', 'values'], monitoring.values] as [Path, unknown]] : [],
  ];
  for (const [start, values] of charts) {
    for (const path of secretLeaves(values)) {
      yield { ...placeIn(platform.words[0], [...start, ...path]), message: 'everybody who reads the repository reads this secret', fix: `${keepOut}, and name it as the chart allows` };
    }
  }
}

export const readableSecretRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'secret-object',
    severity: 'error',
    what: 'No extra manifest is a Secret with its contents.',
    why: 'It would be readable in git, by everybody and for ever; base64 is no encryption.',
    check: secretObjects,
  },
  {
    id: 'secret-value',
    severity: 'error',
    what: 'No raw value of a chart is a credential written out.',
    why: 'It would be readable in git, by everybody and for ever; the ESS chart would put it into a rendered Secret, and its hash on a pod, too.',
    check: secretValues,
  },
];
