import { isIP } from 'node:net';
import { isMap } from '../merge';
import { inWords, list } from './complaint';
import { parseQuantity } from './quantity';
import { nearest } from './suggest';

/** What is wrong with a value, and what to do. */
export interface Problem {
  readonly message: string;
  readonly fix: string;
}

/** A bound of the API server's on a value. It gets only values of the type that the structure asks for. */
export type Bound = (value: unknown) => Problem | undefined;

/** @param what what is wanted and, after a colon, how it is written */
function problem(value: unknown, what: string): Problem {
  const [noun, how] = what.split(': ');
  return { message: `${inWords(value)} is not ${noun}`, fix: how === undefined ? `write ${noun}` : `use ${how}` };
}

/** One of a fixed set of texts; an empty one counts as absent, as it does in Go. */
export function oneOf(...choices: readonly string[]): Bound {
  return (value) => {
    if (typeof value !== 'string' || value === '' || choices.includes(value)) return undefined;
    const near = nearest(value, choices);
    return { message: `${inWords(value)} is not ${list(choices)}`, fix: near === undefined ? 'choose one of them' : `did you mean ${near}?` };
  };
}

/** One of a fixed set of texts, an empty one not among them: where the API server tells absent and empty apart. */
export function exactly(...choices: readonly string[]): Bound {
  const bound = oneOf(...choices);
  return (value) => (value === '' ? { message: `"" is not ${list(choices)}`, fix: 'choose one of them, or take it away' } : bound(value));
}

/** A bound that an empty text keeps: it counts as absent. */
export function optional(bound: Bound): Bound {
  return (value) => (value === '' ? undefined : bound(value));
}

const protocols = ['TCP', 'UDP', 'SCTP'];
export const protocol = oneOf(...protocols);
export const protocolGiven = exactly(...protocols);
export const accessMode = exactly('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod');

const int32 = 2 ** 31 - 1;

/** A number between two others, both included; without an upper one, what fits into 32 bits. */
export function between(from: number, to = int32): Bound {
  const what = to === int32 ? `a number of ${from} or more` : `a number from ${from} to ${to}`;
  return (value) => (typeof value === 'number' && (value < from || value > to) ? problem(value, what) : undefined);
}

export const natural = between(0);
export const port = between(1, 65535);

/** A text of a syntax and of at most so many characters. */
function text(what: string, syntax: RegExp, length = Infinity): Bound {
  return (value) => (typeof value === 'string' && (!syntax.test(value) || value.length > length) ? problem(value, what) : undefined);
}

/** A bound that remembers its answers: for values of which a fleet has few, and each of them a thousand times. */
function remembering(bound: Bound): Bound {
  const answers = new Map<unknown, Problem | undefined>();
  return (value) => {
    if (!answers.has(value)) answers.set(value, bound(value));
    return answers.get(value);
  };
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]';

/** k8s.io/apimachinery, util/validation: IsDNS1123Label, IsDNS1035Label, IsDNS1123Subdomain, IsQualifiedName, IsValidLabelValue, IsConfigMapKey, IsValidPortName. */
export const dnsLabel = text('a DNS label: lower-case letters, digits and inner hyphens, 63 at most', new RegExp(`^${label}$`), 63);
export const serviceName = text('a DNS label that begins with a letter: lower-case letters, digits and inner hyphens, 63 at most', /^[a-z]([-a-z0-9]*[a-z0-9])?$/, 63);
export const dnsName = text('a DNS name: lower-case letters, digits, inner hyphens and dots, 253 at most', new RegExp(`^${label}(\\.${label})*$`), 253);
export const labelKey = remembering(text('a label\'s name, such as example.org/part-of', new RegExp(`^(?=[^/]*$|[^/]{1,253}/)(${label}(\\.${label})*/)?${qualified}$`)));
export const labelValue = text('a label\'s value: letters, digits, inner hyphens, underscores and dots, 63 at most', new RegExp(`^(${qualified})?$`), 63);
export const dataKey = text('a key: letters, digits, hyphens, underscores and dots, 253 at most', /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]+$/, 253);
export const portName = text('a port\'s name: lower-case letters, digits and inner hyphens, 15 at most, with a letter', /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 15);
export const pathSegment = text('a name without slash and percent sign', /^(?!\.{1,2}$)[^/%]+$/);
export const variableName = text('a variable\'s name: printable ASCII but =', /^[ -<>-~]+$/);
export const resourceName = text('a resource such as cpu or memory, or one with a domain before a slash', /^(cpu|memory|ephemeral-storage|storage|hugepages-.+|.+\/.+)$/);
export const provisioner = text('a provisioner\'s name, such as disk.example.org', new RegExp(`^(${label}(\\.${label})*/)?${qualified}$`, 'i'));
export const controller = text('a controller: a domain, a slash and a path, such as example.org/ingress', new RegExp(`^${label}(\\.${label})*/[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+$`), 250);
export const shortName = text('a DNS name of 63 characters at most: lower-case letters, digits, inner hyphens and dots', new RegExp(`^${label}(\\.${label})*$`), 63);
export const some = text('a text that is not empty', /\S/);
export const absolutePath = text('a path that begins with a slash', /^\//);
export const base64 = text('base64', /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
export const ingressHost = text('a host name, or one with *. before it', new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`), 253);
export const qualifiedHost = text('a name of three parts, such as check.webhooks.example', new RegExp(`^${label}(\\.${label}){2,}$`), 253);
export const secureUrl = text('a URL of https without a query, such as https://example.org/check', /^https:\/\/[^\s/?#@%]+(\/[^\s?#%]*)?$/);
export const podField = text('a field of the pod, such as metadata.name',
  /^(metadata\.(name|namespace|uid|labels|annotations)(\['.+'\])?|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/);
export const cronSchedule = text('a schedule of five cron fields', /^(@\w+( .+)?|(TZ=\S+ |CRON_TZ=\S+ )?\S+ \S+ \S+ \S+ \S+)$/);

/** A map whose keys and values are labels. */
export const labels: Bound = (value) => {
  if (!isMap(value)) return undefined;
  for (const [key, own] of Object.entries(value)) {
    const found = labelKey(key) ?? labelValue(own);
    if (found) return found;
  }
  return undefined;
};

/** One of a selector's `matchExpressions` (apimachinery, ValidateLabelSelectorRequirement). */
export const labelRequirement: Bound = (value) => {
  if (!isMap(value)) return undefined;
  const { key, operator, values } = value;
  const isSet = operator === 'In' || operator === 'NotIn';
  if (!isSet && operator !== 'Exists' && operator !== 'DoesNotExist') return problem(operator, 'In, NotIn, Exists or DoesNotExist');
  const given = Array.isArray(values) ? values : [];
  if (isSet === (given.length === 0)) return isSet ? { message: `values are missing, which ${operator} needs`, fix: 'add values' } : { message: `values must not be there with ${operator}`, fix: 'take them away' };
  return labelKey(key) ?? given.map(labelValue).find((found) => found !== undefined);
};

/** A label's name in an annotation, whose case does not count. */
export const annotationKey = remembering((value) => labelKey(typeof value === 'string' ? value.toLowerCase() : value));

export const ipAddress: Bound = (value) => (typeof value === 'string' && !isIP(value) ? problem(value, 'an IP address') : undefined);

export const cidr: Bound = (value) => {
  const [address = '', prefix = '', ...rest] = String(value).split('/');
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
  return rest.length > 0 || !/^[0-9]{1,3}$/.test(prefix) || Number(prefix) > bits ? problem(value, 'a network such as 10.0.0.0/8') : undefined;
};

/** A time zone by its name, as this system knows them. */
export const timeZone: Bound = (value) => {
  if (typeof value !== 'string') return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return undefined;
  } catch {
    return problem(value, 'a time zone such as Europe/Berlin');
  }
};

/** A quantity that is not negative, or that is more than nothing. */
export const quantity: Bound = (value) => ((parseQuantity(value) ?? -1) < 0 ? problem(value, 'a quantity such as 100m or 1Gi') : undefined);
export const positiveQuantity: Bound = (value) => ((parseQuantity(value) ?? -1) <= 0 ? problem(value, 'a quantity of more than nothing, such as 10Gi') : undefined);

/** A port by its number or its name. */
export const portOrName: Bound = (value) => (typeof value === 'number' ? port(value) : portName(value));

/** A number, or a share such as 25%. */
export const numberOrShare: Bound = (value) => (typeof value === 'number' ? natural(value) : typeof value === 'string' && !/^[0-9]+%$/.test(value) ? problem(value, 'a number or a share such as 25%') : undefined);

/** A list that holds something. */
export const notEmpty: Bound = (value) => ((Array.isArray(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0) ? { message: 'is empty', fix: 'give it an entry' } : undefined);

/** A list in which no two entries have the same fields. */
export function unique(...fields: readonly string[]): Bound {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const seen = new Set<string>();
    for (const entry of value) {
      const key = fields.map((field) => (isMap(entry) ? (field === 'protocol' ? entry[field] || 'TCP' : entry[field]) : undefined));
      if (key.includes(undefined)) continue;
      if (seen.has(key.join('/'))) return { message: `two entries have the ${list(fields, 'and')} ${key.join('/')}`, fix: 'make them differ' };
      seen.add(key.join('/'));
    }
    return undefined;
  };
}

/** A map that has each of the fields. */
export function having(...fields: readonly string[]): Bound {
  return (value) => {
    const missing = isMap(value) ? fields.filter((field) => value[field] === undefined || value[field] === '') : [];
    return missing.length === 0 ? undefined : { message: `${list(missing, 'and')} ${missing.length === 1 ? 'is' : 'are'} missing`, fix: `add ${list(missing, 'and')}` };
  };
}

/** A map of which one of the fields at least holds something. */
export function anyOf(...fields: readonly string[]): Bound {
  const holds = (value: unknown) => value !== undefined && notEmpty(value) === undefined;
  return (value) => (!isMap(value) || fields.some((field) => holds(value[field])) ? undefined : { message: `has nothing of ${list(fields)}`, fix: 'give one of them' });
}

/** Whom a role is bound to (rbac: ValidateRoleBindingSubject). */
export const subject: Bound = (value) => {
  if (!isMap(value)) return undefined;
  const { kind, name, apiGroup } = value;
  if (name === undefined || name === '') return { message: 'name is missing', fix: 'add name' };
  const isAccount = kind === 'ServiceAccount';
  // An empty group is filled in for users and groups.
  const groups = ['', undefined, ...isAccount ? [] : ['rbac.authorization.k8s.io']];
  if (!groups.some((group) => group === apiGroup)) return { message: `${inWords(apiGroup)} is not the group of ${String(kind)}`, fix: 'take apiGroup away' };
  return isAccount ? dnsName(name) : undefined;
};

const largest = 1024 * 1024;

/** A ConfigMap or Secret, whose contents may have 1 MiB in all: what is base64 counts as what it says. */
export const small: Bound = (value) => {
  if (!isMap(value)) return undefined;
  const [plain, encoded] = value['kind'] === 'Secret' ? ['stringData', 'data'] as const : ['data', 'binaryData'] as const;
  const bytes = (field: string, encoding: BufferEncoding): number =>
    Object.values(isMap(value[field]) ? value[field] : {}).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text), encoding), 0);
  const size = bytes(plain, 'utf8') + bytes(encoded, 'base64');
  return size > largest ? { message: `has contents of ${size} bytes, more than ${largest}`, fix: 'divide it, or keep the contents elsewhere' } : undefined;
};

/** A map that has exactly one of the fields, or none where that is allowed. */
export function exactlyOne(fields: readonly string[], none = false): Bound {
  return (value) => {
    const given = isMap(value) ? fields.filter((field) => value[field] !== undefined) : [fields[0]];
    if (given.length === 1 || (none && given.length === 0)) return undefined;
    return { message: given.length === 0 ? `has none of ${list(fields)}` : `has ${list(given as string[], 'and')}`, fix: `give exactly one of ${list(fields)}` };
  };
}
