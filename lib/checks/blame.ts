import type { Document } from '../gitops/emit';
import type { Complaint } from './complaint';
import { ownManifest } from './own-manifests';
import { type Path, pathText, valueAt } from './path';
import { plainData } from './plain-data';
import type { Fault } from './rule';
import { type Place, placeIn, placeOf } from './traced';
import type { ChartUse, CheckedUnit } from './unit';

/** Where the raw values of the platform's charts stand in main.ts; of a chart that is not named, under monitoring. */
const valuePaths: Readonly<Record<string, Path>> = {
  'matrix-stack': ['values'],
  'argo-cd': ['platform', 'argocd', 'values'],
  'cert-manager': ['platform', 'certManager', 'values'],
  traefik: ['platform', 'traefik', 'values'],
};

/**
 * Who wrote what a complaint about an emitted object is about: the object is the user's own, or the value is.
 * @returns undefined for neither, which is left to the unit as unexplained
 */
function manifestFault(unit: CheckedUnit, document: Document, complaint: Complaint): Fault | undefined {
  const { path, message, fix } = complaint;
  const said = ownManifest(unit.traced.words[0], document.manifest, 'first');
  if (said) return { file: said.file, path: joined(said.path, path), message, fix };
  return blamed(unit, document, complaint, valueAt(document.manifest, path));
}

/** Who wrote what each of the complaints about an emitted object is about. */
export function manifestFaults(unit: CheckedUnit, document: Document, complaints: readonly Complaint[]): Fault[] {
  return complaints.flatMap((complaint) => manifestFault(unit, document, complaint) ?? []);
}

/** Where the user wrote a value of a chart: among the raw values, or in an Application of their own. */
export function saidValue(unit: CheckedUnit, { document, chart }: ChartUse, path: Path): Place | undefined {
  const own = ownManifest(unit.traced.words[0], document.manifest, 'first');
  if (own) return { file: own.file, path: joined(own.path, ['spec', 'source', 'helm', 'valuesObject', ...path]) };
  return placeOf(unit.traced.words, [...valuePaths[chart] ?? ['platform', 'monitoring', 'values', chart], ...path]);
}

/**
 * Who wrote what a complaint about a chart's values is about: a raw value of the user's, or an option that holds the same.
 * @returns undefined for neither, which is left to the unit as unexplained
 */
export function valueFault(unit: CheckedUnit, use: ChartUse, complaint: Complaint): Fault | undefined {
  const { path, message, fix, kind } = complaint;
  const said = saidValue(unit, use, path);
  if (said) return { ...said, message, fix };
  const parent = kind === 'missing' && path.length > 1 ? saidValue(unit, use, path.slice(0, -1)) : undefined;
  if (parent) return { file: parent.file, path: joined(parent.path, path.slice(-1)), message, fix };
  return blamed(unit, use.document, complaint, valueAt(use.values, path));
}

function blamed({ traced: { words }, unexplained }: CheckedUnit, document: Document, { path, message, fix }: Complaint, value: unknown): Fault | undefined {
  for (const said of words) {
    const found = isTelling(value) ? findValue(plainData(said.options).copy, value) : undefined;
    if (found) return { ...placeIn(said, found), message, fix };
  }
  unexplained(`${document.path}: ${pathText(path)}: ${message}; ${fix}`);
  return undefined;
}

/** Whether a value is its author's: one of a thousand equal zeros, or an empty map, is anybody's. */
function isTelling(value: unknown): boolean {
  return (typeof value === 'string' && value.length > 1) || (typeof value === 'number' && value > 1);
}

/** The first place in the options that holds an equal value. */
function findValue(options: unknown, value: unknown): Path | undefined {
  if (options === value) return [];
  if (typeof options !== 'object' || options === null) return undefined;
  for (const [key, member] of Object.entries(options)) {
    const below = findValue(member, value);
    if (below) return [Array.isArray(options) ? Number(key) : key, ...below];
  }
  return undefined;
}

function joined(start: string, path: Path): string {
  const rest = pathText(path);
  return rest === '' ? start : `${start}${rest.startsWith('[') ? '' : '.'}${rest}`;
}
