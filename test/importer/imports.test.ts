import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { runImports } from '../../lib/importer';
import type { Sources } from '../../lib/importer/sources';
import { archiveOf, serving, type Route } from './server';

const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'demos.example.org', annotations: { tool: 'x' } },
  spec: {
    group: 'example.org',
    names: { kind: 'Demo', listKind: 'DemoList', plural: 'demos', singular: 'demo' },
    scope: 'Namespaced',
    versions: [{
      name: 'v1',
      served: true,
      storage: true,
      additionalPrinterColumns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', description: 'prose' }],
      schema: {
        openAPIV3Schema: {
          type: 'object',
          description: 'prose',
          properties: {
            spec: {
              type: 'object',
              properties: { repoURL: { type: 'string', description: 'prose' } },
              'x-kubernetes-validations': [{ rule: 'true', message: 'prose' }],
            },
          },
        },
      },
    }],
  },
};
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const definitions = {
  definitions: {
    [meta]: { type: 'object', description: 'prose', properties: { name: { type: 'string', description: 'prose' } } },
    'io.k8s.api.core.v1.ConfigMap': {
      type: 'object',
      properties: { kind: { type: 'string' }, apiVersion: { type: 'string' }, metadata: { $ref: `#/definitions/${meta}` } },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'ConfigMap' }],
    },
  },
};
const essSchema = {
  $id: 'file://root',
  type: 'object',
  additionalProperties: false,
  properties: {
    synapse: {
      type: 'object',
      title: 'prose',
      required: ['port'],
      properties: { enabled: { type: 'boolean' }, port: { type: 'integer' }, size: { type: 'string' } },
    },
  },
};
const essPackage = archiveOf({
  'matrix-stack/Chart.yaml': stringify({ name: 'matrix-stack', version: '1.0.0' }),
  'matrix-stack/values.yaml': '# prose\nsynapse:\n  enabled: true\n  port: 1\n  size: 1Gi\n',
  'matrix-stack/values.schema.json': JSON.stringify(essSchema),
});
const chartPackage = archiveOf({
  'demo/Chart.yaml': stringify({ name: 'demo', dependencies: [{ name: 'sub', alias: 'sub_chart' }, { name: 'library' }] }),
  'demo/values.yaml': 'replicas: 1\nsub_chart: { a: 1 }\nbase: &base { x: 1 }\nmore: { <<: *base }\n',
  'demo/charts/sub/values.yaml': 'other: 1\n',
});
const chartType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const release = { version: '2.0.0', urls: ['packages/demo-2.0.0.tgz'] };
const index = (...demo: object[]) => stringify({ entries: { demo } });

/** A Helm repository, an OCI registry that wants an anonymous token, and plain files. */
const routes = (origin: string): Record<string, Route> => ({
  '/crd.yaml': stringify(crd),
  '/kubernetes.json': JSON.stringify(definitions),
  '/charts/index.yaml': index({ version: '9.9.9', urls: ['other.tgz'] }, { ...release, digest: digest(chartPackage) }),
  '/charts/packages/demo-2.0.0.tgz': chartPackage,
  '/token': (request, response) => {
    const { searchParams } = new URL(request.url!, origin);
    response.end(JSON.stringify({ token: `${searchParams.get('service')} ${searchParams.get('scope')}` }));
  },
  '/v2/ess/matrix-stack/manifests/1.0.0': (request, response) => {
    if (request.headers.authorization !== 'Bearer registry pull') {
      response.writeHead(401, { 'www-authenticate': `Bearer realm="${origin}/token",service="registry",scope="pull"` }).end();
    } else {
      const layers = [{ mediaType: 'other', digest: 'sha256:0' }, { mediaType: chartType, digest: `sha256:${digest(essPackage)}` }];
      response.end(JSON.stringify({ layers }));
    }
  },
  [`/v2/ess/matrix-stack/blobs/sha256:${digest(essPackage)}`]: (request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer registry pull' ? 200 : 401).end(essPackage);
  },
});

const sourcesAt = (origin: string): Sources => ({
  crds: [{ name: 'demos.example.org', version: 'v1', url: `${origin}/crd.yaml` }],
  kubernetes: [{ name: '1.32', version: 'v1.32.0', url: `${origin}/kubernetes.json` }],
  kinds: ['v1/ConfigMap', 'v2/ConfigMap'],
  ess: [{ name: 'matrix-stack', version: '1.0.0', repository: `${origin.replace('http:', 'oci:')}/ess` }],
  charts: [{ name: 'demo', version: '2.0.0', repository: `${origin}/charts` }],
});

describe('runImports', () => {
  let folder: string;
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'imports-test-')); });
  afterEach(async () => { await rm(folder, { recursive: true }); });

  /** Imports from a local server, whose routes and sources a test may change; without definitions it takes no time. */
  const download = (changed: Record<string, Route> = {}, sources: Partial<Sources> = {}, timeout = 5000) =>
    serving((origin) => ({ ...routes(origin), ...changed }), (origin) => runImports({
      folder: join(folder, 'imports'),
      sources: { ...sourcesAt(origin), ...sources },
      http: { attempts: 3, timeout, pause: 1 },
    }));
  const text = (path: string) => readFile(join(folder, 'imports', path), 'utf8');
  const tree = async () => {
    const entries = await readdir(join(folder, 'imports'), { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
  };

  test('downloads every source and keeps no prose', async () => {
    const { findings, written, removed } = await download();
    expect({ findings, removed }).toEqual({ findings: [], removed: [] });
    expect([...written].sort()).toEqual([
      'bindings/example.org.ts', 'catalogue.ts', 'ess-values.ts', 'ess-values/1.0.0.ts', 'lock.json', 'names.ts',
      'schemas/charts/demo.json', 'schemas/crds/example.org.json', 'schemas/ess/1.0.0.defaults.json', 'schemas/ess/1.0.0.json',
      'schemas/ess/1.0.0.shape.json',
      'schemas/kubernetes/1.32.json', 'validators/crds/example.org/v1/Demo.js', 'validators/ess/1.0.0.js', 'validators/kubernetes/1.32.js',
      'verdicts/crds/example.org/v1/Demo.js', 'verdicts/ess/1.0.0.js', 'verdicts/kubernetes/1.32.js',
    ]);
    expect(JSON.parse(await text('schemas/ess/1.0.0.defaults.json'))).toEqual({ synapse: { enabled: true, port: 1 } });
    expect(JSON.parse(await text('schemas/charts/demo.json'))).toEqual({
      chart: 'demo',
      version: '2.0.0',
      subCharts: ['sub_chart'],
      values: { base: { x: 'number' }, more: { x: 'number' }, replicas: 'number', sub_chart: 'open map' },
    });
    const { rules } = JSON.parse(await text('schemas/crds/example.org.json'));
    expect(rules).toEqual({ 'example.org/v1/Demo': [{ path: 'spec', rule: 'true' }] });
    expect(Object.values(await tree()).join()).not.toContain('prose');
  });

  test('a mirror of the same sources gives the same bytes, and a second run changes nothing', async () => {
    const mirror = join(folder, 'mirror');
    for (const kind of ['crds', 'kubernetes', 'ess', 'charts']) await mkdir(join(mirror, kind), { recursive: true });
    const { $id: _id, ...schema } = essSchema;
    await writeFile(join(mirror, 'crds/demos.example.org.yaml'), stringify(crd, { sortMapEntries: true }));
    await writeFile(join(mirror, 'kubernetes/v1.32.0.json'), JSON.stringify(definitions));
    await writeFile(join(mirror, 'ess/1.0.0.schema.json'), JSON.stringify(schema));
    await writeFile(join(mirror, 'ess/1.0.0.defaults.json'), JSON.stringify({ synapse: { port: 1, enabled: true } }));
    const shape = { synapse: { size: 'string', port: 'number', enabled: 'boolean' } };
    await writeFile(join(mirror, 'ess/1.0.0.shape.json'), JSON.stringify(shape));
    await writeFile(join(mirror, 'charts/demo.json'), JSON.stringify({
      chart: 'demo',
      version: '2.0.0',
      subCharts: ['sub_chart', 'library'],
      values: { sub_chart: 'open map', more: { x: 'number' }, base: { x: 'number' }, replicas: 'number' },
    }));
    await serving(routes, async (origin) => {
      const options = { folder: join(folder, 'imports'), sources: sourcesAt(origin) };
      expect((await runImports(options)).findings).toEqual([]);
      expect(await runImports({ ...options, from: mirror })).toEqual({ findings: [], written: [], removed: [] });
    });
  });

  test('removes what is no longer made, and nothing of somebody else', async () => {
    await download({}, { crds: [] });
    await writeFile(join(folder, 'imports', 'index.ts'), '// by hand\n');
    expect(await download({}, { crds: [], charts: [] })).toEqual({
      findings: [], written: ['catalogue.ts', 'lock.json'], removed: ['schemas/charts/demo.json'],
    });
    expect(await text('index.ts')).toBe('// by hand\n');
  });

  test('tries again when the server fails for a moment', async () => {
    let failures = 2;
    const { findings } = await download({
      '/kubernetes.json': (_request, response) => {
        if (failures > 0) response.writeHead(503).end(`${failures -= 1}`);
        else response.end(JSON.stringify(definitions));
      },
    }, { crds: [] });
    expect({ findings, failures }).toEqual({ findings: [], failures: 0 });
  });

  test('tells everything that cannot be had, and changes nothing', async () => {
    await download({}, { crds: [] });
    const before = await tree();
    const { findings, written, removed } = await download({
      '/crd.yaml': (_request, response) => { response.writeHead(404).end(); },
      '/kubernetes.json': (request) => { request.socket.destroy(); },
      '/charts/packages/demo-2.0.0.tgz': chartPackage.subarray(0, 100),
      [`/v2/ess/matrix-stack/blobs/sha256:${digest(essPackage)}`]: Buffer.from('something else'),
    });
    expect({ written, removed }).toEqual({ written: [], removed: [] });
    expect(findings.map(({ path, message }) => `${path}: ${message.replace(/http:\/\/[\d.:]+|[0-9a-f]{64}/g, '…')}`)).toEqual([
      'charts[0]: demo 2.0.0: …/charts/packages/demo-2.0.0.tgz: the digest is sha256:…, not sha256:…',
      'crds[0]: demos.example.org v1: …/crd.yaml: the server answers 404',
      'ess[0]: matrix-stack 1.0.0: …/v2/ess/matrix-stack/blobs/sha256:…: the digest is sha256:…, not sha256:…',
      expect.stringMatching(/^kubernetes\[0\]: 1\.32 v1\.32\.0: …\/kubernetes\.json: .* \(3 tries\)$/),
    ]);
    expect(new Set(findings.map(({ rule, file }) => `${rule} ${file}`))).toEqual(new Set(['source-unreadable lib/importer/sources.ts']));
    expect(await tree()).toEqual(before);
  });

  test.each<[string, Record<string, Route>, string]>([
    ['does not answer', { '/crd.yaml': () => {} }, 'no answer within 50 ms (3 tries)'],
    ['has another definition', { '/crd.yaml': stringify({ ...crd, metadata: { name: 'x' } }) }, 'holds no definition of that name'],
    ['has no such chart', { '/charts/index.yaml': stringify({ entries: {} }) }, 'has no such chart'],
    ['has an archive that is cut off', {
      '/charts/index.yaml': index(release),
      '/charts/packages/demo-2.0.0.tgz': chartPackage.subarray(0, 100),
    }, 'the archive cannot be unpacked: unexpected end of file'],
    ['has a package without a chart', {
      '/charts/index.yaml': index(release),
      '/charts/packages/demo-2.0.0.tgz': archiveOf({ 'other/Chart.yaml': 'name: other' }),
    }, 'the package holds no Chart.yaml'],
    ['wants a login', {
      '/v2/ess/matrix-stack/manifests/1.0.0': (_request, response) => { response.writeHead(401, { 'www-authenticate': 'Basic' }).end(); },
    }, 'the registry wants a login'],
    ['has an image, not a chart', { '/v2/ess/matrix-stack/manifests/1.0.0': JSON.stringify({ layers: [] }) }, 'is not a Helm chart'],
  ])('says so when a source %s', async (_what, changed, message) => {
    const { findings } = await download(changed, {}, message.includes('50 ms') ? 50 : 5000);
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });

  test('says what a mirror lacks', async () => {
    const { findings } = await runImports({ folder: join(folder, 'imports'), from: folder, sources: sourcesAt('http://localhost') });
    expect(findings.map(({ message }) => message)).toEqual([
      'demo 2.0.0: the mirror has no charts/demo.json',
      'demos.example.org v1: the mirror has no crds/demos.example.org.yaml',
      'matrix-stack 1.0.0: the mirror has no ess/1.0.0.schema.json',
      '1.32 v1.32.0: the mirror has no kubernetes/v1.32.0.json',
    ]);
  });
});
