import type { DatabaseOptions } from '../../lib/homeserver/options';
import { describe, expect, it } from 'vitest';
import { issuers } from '../../lib/cluster/issuer';
import schema from '../../lib/options/schema.json';
import type { Resources } from '../../lib/cluster/resources';
import { demo } from '../homeserver/example';
import { platform } from '../platform/example';

interface Node {
  readonly $ref?: string;
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly default?: unknown;
}
const $defs = schema.$defs as unknown as Readonly<Record<string, Node>>;

/** Every option with a documented default that can be held against the code: a plain value, or what a container asks for and may use. */
function documented(node: Node, path: readonly string[] = []): { path: readonly string[]; text: unknown }[] {
  if (node.$ref) return documented($defs[node.$ref.slice('#/$defs/'.length)]!, path);
  if (node.anyOf) return node.anyOf.flatMap((branch) => documented(branch, path));
  return Object.entries(node.properties ?? {}).flatMap(([name, property]) => {
    const here = [...path, name];
    const text = property.default;
    const checkable = text !== undefined && (typeof text !== 'string' || !text.startsWith('- ') || text.includes(' at most '));
    return [...checkable ? [{ path: here, text }] : [], ...documented(property, here)];
  });
}

const at = (value: unknown, path: readonly string[]): unknown => path.reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], value);
const words = (value: unknown): unknown => {
  const { requests, limits } = value as Resources;
  return `- ${requests?.cpu} CPU and ${requests?.memory}, at most ${limits?.memory}`;
};

function holds({ path, text }: { path: readonly string[]; text: unknown }, resolved: unknown): void {
  const value = at(resolved, path);
  expect(path.at(-1) === 'resources' ? words(value) : value, path.join('.')).toEqual(text);
}

const resolvedPlatform = platform({
  backups: { bucket: 'b', endpoint: 'https://s3.example.net' },
  traefik: {},
  argocd: { host: 'argocd.example.org', vaultPlugin: { path: 'secret/data/fleet' } },
  externalSecrets: { vault: { server: 'https://vault.example.net' } },
});
/** The model names the ClusterIssuer, the option which one. */
const issuerOf = (name: string) => Object.entries(issuers).find(([, issuer]) => issuer === name)?.[0];

describe('a default that the reference states is the one that holds', () => {
  const homeserver = demo({ synapse: { workers: { 'client-reader': {} } } });
  // What is off by default has defaults of its own where it is on.
  const switches = ['hookshot', 'rtc.dynamicAddress', 'synapse.media.backup', 'elementCall', 'companions.maubot', 'images'];
  const switchedOn = demo({
    hookshot: true, elementCall: true, companions: { maubot: true }, images: { registry: 'quay.io/example' }, synapse: { media: { backup: true } },
    rtc: { tcp: 30015, udp: 30016, dynamicAddress: true },
  });
  // One place excludes the others.
  const places: Readonly<Record<string, DatabaseOptions>> = {
    builtIn: { builtIn: true },
    external: { external: { host: 'db.example.net', ca: { kind: 'Secret', name: 'ca' }, initialise: {} } },
  };
  const placed = ({ path: [, kind = ''] }: { readonly path: readonly string[] }) => ({ database: { [kind]: demo({ database: places[kind]! }).place } });
  const isSwitched = ({ path }: { readonly path: readonly string[] }) => switches.some((own) => path.join('.').startsWith(`${own}.`));
  // Workers are a list in the model.
  const options = documented($defs['HomeserverOptions']!).filter(({ path }) => !path.includes('workers') && path.at(-2) !== 'replicas');

  it('for some twenty options of a homeserver', () => expect(options.length).toBeGreaterThan(15));

  it.each(options.map((one) => [one.path.join('.'), one] as const))('%s', (_, one) => holds(one, one.path[0] === 'database' ? placed(one) : isSwitched(one) ? switchedOn : homeserver));

  it('for a scale', () => {
    const { min, cpu } = $defs['ScaleOptions']!.properties!;
    expect(demo({ haproxy: { replicas: { max: 2 } } }).haproxy).toMatchObject({ replicas: min!.default, scale: { cpu: cpu!.default } });
  });

  it('for workers', () => {
    const { workers } = homeserver.synapse;
    const { replicas, resources } = $defs['ScalableWorkerOptions']!.properties!;
    expect(workers[0]).toMatchObject({ replicas: replicas!.default });
    expect(words(workers[0]!.resources)).toBe(resources!.default);
  });

  it.each(documented($defs['PlatformOptions']!).map((one) => [one.path.join('.'), one] as const))('platform.%s', (_, one) =>
    holds(one, { ...resolvedPlatform, postgres: resolvedPlatform.databaseClusters[0], certManager: { ...resolvedPlatform.certManager, issuer: issuerOf(resolvedPlatform.issuer) } }));
});
