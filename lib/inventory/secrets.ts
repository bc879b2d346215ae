import type { TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import { secretsOf } from '../homeserver/secrets';
import { laterSecrets } from '../platform/secrets';
import { needsBase64, recipe } from '../secrets/entry';
import { placeOf, sealedFileOf, sealedKeys } from '../secrets/sealed';
import type { SecretKey, SecretSpec } from '../secrets/secret';
import type { SecretWay } from '../secrets/way';

/** A Secret that must be in the cluster before a homeserver starts. */
export interface NeededSecret {
  /** `NAMESPACE/NAME` */
  readonly secret: string;
  /** What only the admin has: the variable that `secrets.sh` reads, and what it is. Everything else is made there. */
  readonly supplied: readonly { readonly variable: string; readonly what: string }[];
}

/** Every Secret that a homeserver needs beside those that the chart makes. */
export function neededSecrets(homeserver: Homeserver): readonly NeededSecret[] {
  return secretsOf(homeserver).map(({ namespace, name, keys }) => ({
    secret: `${namespace}/${name}`,
    supplied: keys.flatMap((key) => ('supplied' in key ? [{ variable: key.supplied, what: key.what }] : [])),
  }));
}

/** A Secret of the fleet, the way that it goes, and who it is for. */
export interface FleetSecret {
  readonly spec: SecretSpec;
  readonly way: SecretWay;
  /** Name of a homeserver, or `platform`. */
  readonly who: string;
  /** The user's file that wants it. */
  readonly file: string;
}

/**
 * Every Secret of the fleet, but those that Gitea and Argo CD start with.
 * @param only those that go this way @default - all
 */
function* fleetSecrets({ platform: { model }, homeservers }: TracedFleet, only?: SecretWay): Generator<FleetSecret> {
  const counts = ({ secrets }: { readonly secrets: SecretWay }) => only === undefined || secrets === only;
  if (counts(model)) for (const spec of laterSecrets(model)) yield { spec, way: model.secrets, who: 'platform', file: model.file };
  for (const { model: own } of homeservers) if (counts(own)) for (const spec of secretsOf(own)) yield { spec, way: own.secrets, who: own.name, file: own.file };
}

/** Every Secret that is sealed, by now or soon. */
export function sealedSpecs(fleet: TracedFleet): readonly FleetSecret[] {
  return [...fleetSecrets(fleet, 'sealed')];
}

/** A value of a Secret, and where it comes from. */
export interface SecretValueSource {
  /** `NAMESPACE/NAME` */
  readonly secret: string;
  readonly key: string;
  readonly who: string;
  readonly way: SecretWay;
  /** Where it is kept outside of the cluster: a file, or an entry of a store. */
  readonly at?: string;
  /** What it is, or what to do for it. */
  readonly from: string;
}

/** Every value of every Secret of the fleet, but those that Gitea and Argo CD start with and those that are no secret. */
export function secretValueSources(fleet: TracedFleet): readonly SecretValueSource[] {
  const { sealed, store, vaultPlugin } = fleet.platform.model.secretSources;
  const path = store && 'prefix' in store ? `${store.prefix}/` : '';
  const places: Readonly<Record<SecretWay, (spec: SecretSpec, key: string) => string | undefined>> = {
    bootstrap: () => undefined,
    sealed: sealedFileOf,
    external: ({ name, entry = name }, key) => `${path}${entry}#${key}`,
    'vault-plugin': ({ name, entry = name }, key) => `${vaultPlugin?.path ?? ''}/${entry}#${key}`,
  };
  return [...fleetSecrets(fleet)].flatMap(({ spec, way, who }) => sealedKeys(spec).map((key): SecretValueSource => {
    const at = 'copyOf' in key && way !== 'sealed' ? undefined : places[way](spec, key.key);
    const isMissing = way === 'sealed' && sealed.get(placeOf(spec))?.[key.key] === undefined;
    return { secret: placeOf(spec), key: key.key, who, way, ...at !== undefined && { at }, from: `${isMissing ? 'missing: ' : ''}${origin(key, way)}` };
  }));
}

function origin(key: SecretKey, way: SecretWay): string {
  if ('copyOf' in key) return `copy of ${placeOf(key.copyOf)}/${key.copyOf.key}`;
  const isEntry = way === 'external' || way === 'vault-plugin';
  const encoding = isEntry && needsBase64(key) ? ', in base64' : '';
  if ('supplied' in key) return isEntry ? `${key.what}${encoding}` : `${key.supplied}: ${key.what}`;
  if ('literal' in key) return key.literal;
  return isEntry ? recipe(key.random) : `${way === 'sealed' ? 'seal' : 'secrets.sh'} makes it`;
}
