import { parse } from 'yaml';
import { filesInArchive } from './archive';
import { bodyOf, type Get } from './http';
import { digestOf } from './lock';
import { SourceError } from './material';
import { withoutProse, type Schema } from './schema';
import type { ChartSource } from './sources';
import { subChartsIn, type Values } from './values';

/** What the importer reads of a chart's package. */
export interface ChartPackage {
  /** Keys of the values that are a sub-chart's: a dependency's alias, or its name. */
  readonly subCharts: readonly string[];
  readonly values: Values;
  /** The chart's values schema without prose. */
  readonly schema?: Schema;
}

/** Fetches charts from Helm repositories and OCI registries; a repository's index is read once. */
export function chartFetcher(get: Get): (source: ChartSource) => Promise<ChartPackage> {
  const indexes = new Map<string, Promise<HelmIndex>>();
  const indexOf = (repository: string): Promise<HelmIndex> => {
    const url = `${repository}/index.yaml`;
    const index = indexes.get(repository) ?? get(url).then((answer) => parse(bodyOf(url, answer).toString('utf8')) as HelmIndex);
    indexes.set(repository, index);
    return index;
  };
  return async (source) => {
    const archive = source.repository.startsWith('oci://')
      ? await fromRegistry(get, source)
      : await fromRepository(get, await indexOf(source.repository), source);
    return packageOf(filesInArchive(archive), source.name);
  };
}

/** A Helm repository's `index.yaml`, as far as it is read. */
interface HelmIndex {
  readonly entries: Readonly<Record<string, readonly HelmIndexEntry[]>>;
}

interface HelmIndexEntry {
  readonly version: string;
  readonly urls: readonly string[];
  readonly digest?: string;
}

async function fromRepository(get: Get, { entries }: HelmIndex, { repository, name, version }: ChartSource): Promise<Buffer> {
  const entry = entries[name]?.find((candidate) => candidate.version === version);
  const address = entry?.urls[0];
  if (address === undefined) throw new SourceError(`${repository} has no such chart`, 'correct the version or the repository of the chart');
  const url = new URL(address, `${repository}/`).href;
  const archive = bodyOf(url, await get(url));
  return entry?.digest === undefined ? archive : verified(archive, `sha256:${entry.digest.replace(/^sha256:/, '')}`, url);
}

/** An OCI manifest, as far as it is read. */
interface Manifest {
  readonly layers?: readonly { readonly mediaType: string; readonly digest: string }[];
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const chartType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/** Pulls a chart as OCI's distribution specification says: the manifest by its tag, then the layer of the package by its digest. */
async function fromRegistry(get: Get, { repository, name, version }: ChartSource): Promise<Buffer> {
  const { host, pathname } = new URL(repository.replace(/^oci:/, 'https:'));
  const base = `${/^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? 'http' : 'https'}://${host}/v2${pathname.replace(/\/$/, '')}/${name}`;
  const manifestUrl = `${base}/manifests/${version.replaceAll('+', '_')}`;
  let headers: Record<string, string> = { accept: manifestType };
  let answer = await get(manifestUrl, headers);
  if (answer.status === 401) {
    headers = { ...headers, authorization: `Bearer ${await token(get, answer.headers.get('www-authenticate') ?? '')}` };
    answer = await get(manifestUrl, headers);
  }
  const { layers = [] } = JSON.parse(bodyOf(manifestUrl, answer).toString('utf8')) as Manifest;
  const layer = layers.find(({ mediaType }) => mediaType === chartType);
  if (layer === undefined) throw new SourceError(`${manifestUrl} is not a Helm chart`, 'correct the repository of the chart');
  const blobUrl = `${base}/blobs/${layer.digest}`;
  return verified(bodyOf(blobUrl, await get(blobUrl, headers)), layer.digest, blobUrl);
}

/** An anonymous token of the service that a registry's challenge names. */
async function token(get: Get, challenge: string): Promise<string> {
  const { realm, ...query } = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value!]));
  if (realm === undefined) throw new SourceError('the registry wants a login', 'name a registry that can be read by anybody');
  const url = `${realm}?${new URLSearchParams(query)}`;
  const answer = JSON.parse(bodyOf(url, await get(url)).toString('utf8')) as { token?: string; access_token?: string };
  return answer.token ?? answer.access_token ?? '';
}

function verified(archive: Buffer, digest: string, url: string): Buffer {
  if (digestOf(archive) === digest) return archive;
  const fix = 'try again; if it stays so, the package was changed after its release';
  throw new SourceError(`${url}: the digest is ${digestOf(archive)}, not ${digest}`, fix);
}

/** A chart's `Chart.yaml`, as far as it is read. */
interface ChartMetadata {
  readonly dependencies?: readonly { readonly name: string; readonly alias?: string }[];
}

function packageOf(files: ReadonlyMap<string, string>, name: string): ChartPackage {
  const read = (file: string): unknown => {
    const text = files.get(`${name}/${file}`);
    return text === undefined ? undefined : file.endsWith('.json') ? JSON.parse(text) : parse(text, { merge: true });
  };
  const metadata = read('Chart.yaml') as ChartMetadata | undefined;
  if (metadata === undefined) throw new SourceError('the package holds no Chart.yaml', 'see whether the package is a Helm chart');
  const schema = read('values.schema.json') as Schema | undefined;
  const values = (read('values.yaml') ?? {}) as Values;
  return {
    subCharts: subChartsIn(values, (metadata.dependencies ?? []).map(({ name: own, alias }) => alias ?? own)),
    values,
    ...(schema === undefined ? {} : { schema: withoutProse(schema) }),
  };
}
