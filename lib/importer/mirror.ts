import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { crdStructure, type Crd } from './crd';
import { kubernetesStructure, type KubernetesDefinitions } from './kubernetes';
import { SourceError, type ChartStructure, type EssStructure, type Reader } from './material';
import { withoutProse, type Schema } from './schema';
import { subChartsIn } from './values';

/**
 * Reads sources from a folder that holds their structure already: `crds/<name>.yaml`, `kubernetes/v<version>.json`,
 * `ess/<version>.{schema,defaults,shape}.json` and `charts/<name>.json`.
 */
export function mirrorReader(folder: string): Reader {
  const read = async (path: string): Promise<string> => {
    try {
      return await readFile(join(folder, path), 'utf8');
    } catch {
      throw new SourceError(`the mirror has no ${path}`, 'name the folder of a whole mirror, or leave out --from to download');
    }
  };
  const json = async <T>(path: string): Promise<T> => JSON.parse(await read(path)) as T;
  return {
    crd: async ({ name }) => crdStructure(parse(await read(`crds/${name}.yaml`)) as Crd),
    kubernetes: async ({ version }) => kubernetesStructure(await json<KubernetesDefinitions>(`kubernetes/${version}.json`)),
    ess: async ({ version }): Promise<EssStructure> => ({
      schema: withoutProse(await json<Schema>(`ess/${version}.schema.json`)),
      defaults: await json(`ess/${version}.defaults.json`),
      shape: await json(`ess/${version}.shape.json`),
    }),
    chart: async ({ name, version, inTree }): Promise<ChartStructure> => {
      const chart = await json<ChartStructure>(`charts/${name}.json`);
      if (chart.version !== version && chart.version !== inTree) {
        throw new SourceError(`the mirror has version ${chart.version}`, `pin ${chart.version}, or leave out --from to download`);
      }
      const { subCharts, values, schema } = chart;
      const checked = schema === undefined ? {} : { schema: withoutProse(schema) };
      return { chart: name, version, subCharts: subChartsIn(values, subCharts), values, ...checked };
    },
  };
}
