import { parse } from 'yaml';
import { chartFetcher } from './chart-package';
import { crdStructure, type Crd } from './crd';
import { bodyOf, httpGet, type HttpOptions } from './http';
import { kubernetesStructure, type KubernetesDefinitions } from './kubernetes';
import { SourceError, type Reader } from './material';
import type { Schema } from './schema';
import type { FileSource } from './sources';
import { decisiveDefaults, shapeOf } from './values';

/** Reads sources from where they are published, and keeps of them what a mirror holds. */
export function networkReader(options: HttpOptions = {}): Reader {
  const get = httpGet(options);
  const chart = chartFetcher(get);
  const text = async ({ url }: FileSource): Promise<string> => bodyOf(url, await get(url)).toString('utf8');
  return {
    crd: async (source) => {
      const crd = parse(await text(source)) as Crd;
      if (crd?.metadata?.name === source.name) return crdStructure(crd);
      throw new SourceError(`${source.url} holds no definition of that name`, 'correct the address of the source');
    },
    kubernetes: async (source) => kubernetesStructure(JSON.parse(await text(source)) as KubernetesDefinitions),
    ess: async (source) => {
      const { values, schema } = await chart(source);
      if (schema === undefined) throw new SourceError('the package holds no values schema', 'correct the repository of the chart');
      const { $id: _id, ...structure } = schema;
      return { schema: structure as Schema, defaults: decisiveDefaults(values, structure), shape: shapeOf(values) };
    },
    chart: async (source) => {
      const { subCharts, values, schema } = await chart(source);
      // A sub-chart's values are its own chart's business.
      const own = { ...values, ...Object.fromEntries(subCharts.map((key) => [key, {}])) };
      return { chart: source.name, version: source.version, subCharts, values: shapeOf(own), ...(schema === undefined ? {} : { schema }) };
    },
  };
}
