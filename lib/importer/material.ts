import type { Finding } from '../finding';
import type { Crd } from './crd';
import type { KubernetesDefinitions } from './kubernetes';
import type { Schema } from './schema';
import type { ChartSource, FileSource, Sources } from './sources';
import type { Shape, Values } from './values';

/** What is known of a chart: its keys, and its schema where it has one. */
export interface ChartStructure {
  readonly chart: string;
  readonly version: string;
  /** Keys of the values that are a sub-chart's, sorted; they are open here. */
  readonly subCharts: readonly string[];
  readonly values: { readonly [key: string]: Shape };
  readonly schema?: Schema;
}

/** What is known of one version of the ESS chart. */
export interface EssStructure {
  readonly schema: Schema;
  readonly defaults: Values;
  readonly shape: { readonly [key: string]: Shape };
}

/** Where sources are read from: the network or a mirror. Both give the same structure, without prose. */
export interface Reader {
  crd(source: FileSource): Promise<Crd>;
  kubernetes(source: FileSource): Promise<KubernetesDefinitions>;
  ess(source: ChartSource): Promise<EssStructure>;
  chart(source: ChartSource): Promise<ChartStructure>;
}

/** A source and what was read from it. */
export interface Read<S extends FileSource | ChartSource, T> {
  readonly source: S;
  readonly structure: T;
}

/** Everything that was read, in the order of the table of sources. */
export interface Material {
  readonly crds: readonly Read<FileSource, Crd>[];
  readonly kubernetes: readonly Read<FileSource, KubernetesDefinitions>[];
  readonly ess: readonly Read<ChartSource, EssStructure>[];
  readonly charts: readonly Read<ChartSource, ChartStructure>[];
}

/** A source that cannot be had, and what to do about it. */
export class SourceError extends Error {
  public constructor(message: string, public readonly fix: string) {
    super(message);
  }
}

/** How many sources are read at a time. */
const width = 6;

/** Reads every source. What cannot be read is told all at once. */
export async function readAll(sources: Sources, reader: Reader): Promise<Material | readonly Finding[]> {
  const findings: Finding[] = [];
  const waiting: (() => Promise<void>)[] = [];
  const readEach = <S extends FileSource | ChartSource, T>(list: readonly S[], path: string, read: (source: S) => Promise<T>) => {
    const results: Read<S, T>[] = [];
    list.forEach((source, index) => waiting.push(async () => {
      try {
        results[index] = { source, structure: await read(source) };
      } catch (error) {
        findings.push(finding(`${path}[${index}]`, source, error));
      }
    }));
    return results;
  };
  const material: Material = {
    crds: readEach(sources.crds, 'crds', (source) => reader.crd(source)),
    kubernetes: readEach(sources.kubernetes, 'kubernetes', (source) => reader.kubernetes(source)),
    ess: readEach(sources.ess, 'ess', (source) => reader.ess(source)),
    charts: readEach(sources.charts, 'charts', (source) => reader.chart(source)),
  };
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: width }, work));
  return findings.length > 0 ? findings.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true })) : material;
}

function finding(path: string, { name, version }: FileSource | ChartSource, error: unknown): Finding {
  const message = `${name} ${version}: ${error instanceof Error ? error.message : error}`;
  const fix = error instanceof SourceError ? error.fix : 'see whether the source is whole';
  return { rule: 'source-unreadable', severity: 'error', file: 'lib/importer/sources.ts', path, message, fix };
}
