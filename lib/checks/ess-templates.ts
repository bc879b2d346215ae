import type { EssVersion } from '../../imports';
import { has } from '../homeserver/chart-version';
import { isMap } from '../merge';
import { annotationKey, type Bound, dataKey, dnsName, labelKey, labelValue } from './bound';
import type { Complaint } from './complaint';
import { type Path, valueAt } from './path';
import { parseYaml } from './yaml-text';

type Map = Record<string, unknown>;

/** What one rule of the chart's templates looks at. */
interface Given {
  /** The values as they are given to Helm. */
  readonly values: Map;
  /** The same over the chart's defaults, as far as those are known. */
  readonly merged: Map;
  readonly version: EssVersion;
}

/** What the ESS chart's templates, or the pods that they make, refuse although the schema lets it through. Each as the chart says it, by trial. */
const refusals: readonly ((given: Given) => Iterable<Complaint>)[] = [hosts, postgres, sameDatabase, hookshotEncryption, workers, turnTls, additionalPaths, configs, jsonTexts, everywhere];

export function templateComplaints(values: Map, merged: Map, version: EssVersion): Complaint[] {
  const given = { values, merged, version };
  const all: Complaint[] = [];
  for (const refusal of refusals) for (const found of refusal(given)) all.push(found);
  return all;
}

function isOn(merged: Map, component: string): boolean {
  const block = merged[component];
  return isMap(block) && block['enabled'] === true;
}

const complaint = (path: Path, message: string, fix: string, kind: Complaint['kind'] = 'choice'): Complaint => ({ kind, path, message, fix });

/** Hosts of components whose Ingress has none by default. */
const hosted = ['synapse', 'matrixAuthenticationService', 'elementWeb', 'elementAdmin', 'matrixRTC'].map((component) => [component, 'ingress', 'host'] as const);

function* hosts({ merged }: Given): Generator<Complaint> {
  for (const path of hosted) {
    if (isOn(merged, path[0]) && !valueAt(merged, path)) yield complaint(path, 'the chart needs a host here', 'set the option for the host', 'missing');
  }
  if (isOn(merged, 'hookshot') && !isOn(merged, 'synapse') && !valueAt(merged, ['hookshot', 'ingress', 'host'])) {
    yield complaint(['hookshot', 'ingress', 'host'], 'the chart needs a host here where synapse is off', 'set the option hookshot.host', 'missing');
  }
  const needsServerName = ['synapse', 'hookshot', 'wellKnownDelegation'].some((component) => isOn(merged, component));
  if (needsServerName && !merged['serverName']) yield complaint(['serverName'], 'the chart needs the server name', 'set the option serverName', 'missing');
}

function* postgres({ merged }: Given): Generator<Complaint> {
  for (const component of ['synapse', 'matrixAuthenticationService']) {
    if (!isOn(merged, component)) continue;
    const block = valueAt(merged, [component, 'postgres']);
    if (isMap(block) ? !isMap(block['password']) : !isOn(merged, 'postgres')) {
      const path = [component, 'postgres', ...isMap(block) ? ['password'] : []];
      yield complaint(path, 'the chart needs to know its database', 'give host, user, database and password by secret and secretKey', 'missing');
    }
  }
}

function* sameDatabase({ merged }: Given): Generator<Complaint> {
  const [synapse, mas] = ['synapse', 'matrixAuthenticationService'].map((component) => (isOn(merged, component) ? valueAt(merged, [component, 'postgres']) : undefined));
  if (!isMap(synapse) || !isMap(mas)) return;
  if (['host', 'database'].every((key) => synapse[key] === mas[key]) && (synapse['port'] ?? 5432) === (mas['port'] ?? 5432)) {
    yield complaint(['matrixAuthenticationService', 'postgres', 'database'], 'MAS may not use the database of Synapse', 'give it a database of its own');
  }
}

function* hookshotEncryption({ merged }: Given): Generator<Complaint> {
  if (isOn(merged, 'hookshot') && isOn(merged, 'matrixAuthenticationService') && valueAt(merged, ['hookshot', 'enableEncryption']) === true) {
    yield complaint(['hookshot', 'enableEncryption'], 'Hookshot cannot encrypt where MAS is on', 'take it away');
  }
}

function* workers({ merged, version }: Given): Generator<Complaint> {
  const isWorking = (type: string) => isOn(merged, 'synapse') && valueAt(merged, ['synapse', 'workers', type, 'enabled']) === true;
  const mas = isOn(merged, 'matrixAuthenticationService');
  if (mas && has(version, '26.5.0') && isWorking('sso-login')) yield complaint(['synapse', 'workers', 'sso-login', 'enabled'], 'logins are the business of MAS, which is on', 'take the worker away');
  if (!mas && isWorking('mas-helper')) yield complaint(['synapse', 'workers', 'mas-helper', 'enabled'], 'this worker helps MAS, which is off', 'take the worker away');
}

function* turnTls({ merged }: Given): Generator<Complaint> {
  const path: Path = ['matrixRTC', 'sfu', 'exposedServices', 'turnTLS'];
  const turn = valueAt(merged, path);
  if (!isOn(merged, 'matrixRTC') || !isMap(turn) || turn['enabled'] !== true) return;
  const { domain } = turn;
  if (typeof domain === 'string' && domain.length > 64 && isMap(merged['certManager']) && !turn['tlsSecret']) {
    yield complaint([...path, 'domain'], `has ${domain.length} characters, and the common name of a certificate takes 64 at most`, 'choose a shorter host, or name a Secret as tlsSecret', 'syntax');
  }
  if (turn['tlsTerminationOnPod'] !== false && !turn['tlsSecret'] && !isMap(merged['certManager'])) yield complaint([...path, 'tlsSecret'], 'TURN over TLS needs a certificate', 'name its Secret', 'missing');
}

/** Paths of Synapse's Ingress that lead elsewhere name a Service. */
function* additionalPaths({ merged }: Given): Generator<Complaint> {
  const paths = valueAt(merged, ['synapse', 'ingress', 'additionalPaths']);
  if (!Array.isArray(paths)) return;
  for (const [index, entry] of paths.entries()) {
    if (!isMap(entry) || entry['availability'] === 'blocked' || isMap(entry['service'])) continue;
    yield complaint(['synapse', 'ingress', 'additionalPaths', index, 'service'], 'the chart needs to know where the path leads', 'give service: name and port', 'missing');
  }
}

/** Where `additional` takes files of configuration: names of YAML files, whose arrays are appended and maps merged. */
const configured: readonly Path[] = [['synapse'], ['matrixAuthenticationService'], ['hookshot'], ['matrixRTC', 'sfu']];

function* configs({ values, version }: Given): Generator<Complaint> {
  for (const component of configured) {
    const additional = valueAt(values, [...component, 'additional']);
    if (!isMap(additional)) continue;
    for (const [file, entry] of Object.entries(additional)) {
      const badName = dataKey(file);
      if (badName) yield complaint([...component, 'additional', file], badName.message, badName.fix, 'syntax');
      const path = [...component, 'additional', file, 'config'];
      const config = isMap(entry) ? entry['config'] : undefined;
      if (config === undefined) continue;
      if (typeof config !== 'string') {
        yield complaint(path, 'must be a text of YAML, not the configuration itself', 'write it as a text: config: `…`', 'type');
        continue;
      }
      yield* configText(config, path, component[0] === 'hookshot', version);
    }
  }
}

function* configText(config: string, path: Path, isTemplate: boolean, version: EssVersion): Generator<Complaint> {
  // Where Helm reads no template, {{ a }} outside of quotes is a map that is a key, which the chart refuses.
  const read = parseYaml(config, { stringKeys: !isTemplate });
  if ('error' in read) yield complaint(path, `is no YAML: ${read.error}`, 'mend the text', 'syntax');
  else if (!isMap(read.value) && read.value !== null) yield complaint(path, 'must be a map of YAML', 'write keys and values', 'type');
  if (config.includes('${') && !has(version, '26.8.1')) yield complaint(path, 'the chart takes ${…} for a variable of the pod, which does not start without it', 'avoid ${, or choose chartVersion 26.8.1 and escape it', 'syntax');
  if (isTemplate) yield* templateText(config, path);
}

/** Texts of JSON, each an object. */
function* jsonTexts({ values }: Given): Generator<Complaint> {
  for (const component of ['elementWeb', 'wellKnownDelegation']) {
    const additional = valueAt(values, [component, 'additional']);
    if (!isMap(additional)) continue;
    for (const [file, text] of Object.entries(additional)) {
      if (typeof text !== 'string') continue;
      const path = [component, 'additional', file];
      if (!isJsonObject(text) && (component === 'elementWeb' || text !== '')) yield complaint(path, 'is no JSON object', 'write it as JSON.stringify({ … })', 'syntax');
      yield* templateText(text, path);
    }
  }
}

/** Keys whose texts, at any depth, Helm reads as templates. */
const templated: ReadonlySet<string> = new Set(['extraVolumes', 'hostAliases', 'tlsSecret', 'existingClaim', 'pullSecrets', 'host', 'domain', 'secret', 'secretKey', 'configSecret', 'configSecretKey']);

/** What a text has to be, or the keys and the values of a map. */
interface PodBounds {
  readonly key?: Bound;
  readonly value?: Bound;
}

/** Keys of any component whose contents come to pods and other objects as they are, the names without quotes. */
const copied: ReadonlyMap<string, PodBounds> = new Map(Object.entries({
  priorityClassName: { value: dnsName },
  schedulerName: { value: dnsName },
  runtimeClassName: { value: dnsName },
  labels: { key: labelKey, value: labelValue },
  nodeSelector: { key: labelKey, value: labelValue },
  annotations: { key: annotationKey },
}));

/** What is refused wherever it stands, found in one walk through all values. */
function everywhere({ values }: Given): Complaint[] {
  const all: Complaint[] = [];
  within(values, [], false, all);
  return all;
}

/** Looks at a map and all maps below it. The path is this function's own only where it is copied. */
function within(map: Map, path: (string | number)[], isTemplate: boolean, all: Complaint[]): void {
  if ('secret' in map || 'secretKey' in map) all.push(...credential(map, path));
  for (const key of Object.keys(map)) {
    const value = map[key];
    const bounds = copied.get(key);
    path.push(key);
    if (bounds) all.push(...podField(bounds, value, path));
    if (isMap(value)) within(value, path, isTemplate || templated.has(key), all);
    else templatesIn(value, path, isTemplate || templated.has(key), all);
    path.pop();
  }
}

/** An object that holds a credential: `value`, or `secret` and `secretKey`; before 26.4.0 the schema let both and neither through. */
function* credential({ secret, secretKey, value }: Map, path: Path): Generator<Complaint> {
  if (typeof secret !== 'string' && typeof secretKey !== 'string') return;
  if (typeof value === 'string' && secret && secretKey) yield complaint([...path, 'value'], 'a credential is either a value or a Secret\'s', 'take value away');
  if (!secret !== !secretKey) yield complaint([...path, secret ? 'secretKey' : 'secret'], 'a credential is named by secret and secretKey together', 'give both', 'missing');
}

function* podField(bounds: PodBounds, own: unknown, path: Path): Generator<Complaint> {
  const judged = (bound: Bound | undefined, what: unknown, ...inner: Path): Complaint[] => {
    const found = bound?.(what);
    return found ? [complaint([...path, ...inner], found.message, found.fix, 'syntax')] : [];
  };
  if (typeof own === 'string' && own !== '') yield* judged(bounds.value, own);
  if (!isMap(own)) return;
  for (const [inner, text] of Object.entries(own)) {
    yield* judged(bounds.key, inner, inner);
    yield* judged(bounds.value, text, inner);
  }
}

/** Texts that are templates, in lists and below them as well. */
function templatesIn(value: unknown, path: (string | number)[], isTemplate: boolean, all: Complaint[]): void {
  if (typeof value === 'string') {
    if (isTemplate && value.includes('{{')) all.push(...templateText(value, [...path]));
  } else if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value);
    for (const [key, member] of Object.entries(value)) {
      path.push(isList ? Number(key) : key);
      templatesIn(member, path, isTemplate || templated.has(key), all);
      path.pop();
    }
  }
}

function isJsonObject(text: string): boolean {
  try {
    return isMap(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Helm reads these texts as templates: two braces begin an action. */
function* templateText(text: string, path: Path): Generator<Complaint> {
  if (/\{\{(?!-?\s*["`$.])/.test(text)) yield complaint(path, 'Helm takes {{ for the beginning of a template here', 'write {{ "{{" }} for the two braces', 'syntax');
}
