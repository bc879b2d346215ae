import { valueAt } from '../checks/path';
import type { Manifest } from '../gitops/manifest';
import { isMap, merge } from '../merge';

type Plain = Readonly<Record<string, unknown>>;

/** What an Application applies: each of its sources by where it stands. */
export function sourcesOf(application: Manifest): ReadonlyMap<string, Plain> {
  const [source, sources] = ['source', 'sources'].map((field) => valueAt(application, ['spec', field]));
  const all: readonly (readonly [string, unknown])[] = Array.isArray(sources) ? sources.map((one: unknown, index) => [`spec.sources[${index}]`, one]) : [['spec.source', source]];
  return new Map(all.flatMap(([where, one]) => (isMap(one) ? [[where, one]] : [])));
}

/** The chart values of an Application, wherever it says them; of several sources, each one's under its name. */
export function valuesOf(application: Manifest): unknown {
  const several = valueAt(application, ['spec', 'sources']);
  return Array.isArray(several)
    ? Object.fromEntries(several.map((source: unknown, index) => [`sources[${index}]`, sourceValues(source)]))
    : sourceValues(valueAt(application, ['spec', 'source']));
}

/** As Argo CD takes them: `valuesObject`, or without one the text `values`, and over that the parameters. */
function sourceValues(source: unknown): unknown {
  const [object, text, parameters] = ['valuesObject', 'values', 'parameters'].map((field) => valueAt(source, ['helm', field]));
  const values = object ?? (typeof text === 'string' ? parsed(text) : undefined);
  return Array.isArray(parameters) ? parameters.reduce<unknown>((under, parameter) => merge(under, nested(parameter)), values) : values;
}

/** What a YAML text says, such as one of values; undefined where it is no map, and so cannot be read. */
export function parsed(text: string): Plain | undefined {
  const { parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const value: unknown = document.toJS();
  return isMap(value) ? value : (value ?? undefined) === undefined ? {} : undefined;
}

/** `{ name: 'a.b\.c', value: '1Gi' }` as values: `{ a: { 'b.c': '1Gi' } }`. */
function nested(parameter: unknown): unknown {
  const [name, value] = ['name', 'value'].map((field) => String(valueAt(parameter, [field]) ?? ''));
  const plain: unknown = value === 'true' ? true : value === 'false' ? false : value;
  return name!.split(/(?<!\\)\./).reduceRight<unknown>((inner, step) => ({ [step.replaceAll('\\.', '.')]: inner }), plain);
}

/** A version that stays what it is. */
export const isVersion = (value: unknown): boolean => /^v?\d+\.\d+\.\d+(?:[-+].*)?$/.test(String(value));

/**
 * What of a source is not read here, so that nobody knows what comes of another value: where it is fetched from, how it is rendered, and
 * values that stand elsewhere. By where it stands; the chart and the release of an only source have a rule of their own.
 */
export function unread(source: Plain, where: string): ReadonlyMap<string, unknown> {
  const { helm, ...rest } = source;
  const isOnly = where === 'spec.source';
  const how = isMap(helm) ? helm : {};
  const isUnread = how['valuesObject'] === undefined && typeof how['values'] === 'string' && parsed(how['values']) === undefined;
  const read = new Set(['valuesObject', 'parameters', ...isUnread ? [] : ['values'], ...isOnly ? ['releaseName'] : []]);
  const hasVersion = rest['chart'] !== undefined && isVersion(rest['targetRevision']);
  return new Map([
    ...Object.entries(rest).filter(([key]) => !(key === 'targetRevision' && hasVersion) && !(key === 'chart' && isOnly)).map(([key, value]) => [`${where}.${key}`, value] as const),
    ...Object.entries(how).filter(([key]) => !read.has(key)).map(([key, value]) => [`${where}.helm.${key}`, value] as const),
  ]);
}
