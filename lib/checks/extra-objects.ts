import { argocdNamespace } from '../gitops/application';
import { hasCascade, isKeptFrom, keep, syncOptionsAnnotation } from '../gitops/protect';
import type { Homeserver } from '../homeserver/homeserver';
import { isMap } from '../merge';
import { platformProject } from '../platform/component';
import { inWords } from './complaint';
import { cronProblem } from './cron';
import { type ExtraManifest, extraManifests, groupOf } from './extra-manifests';
import { podPaths } from './kubernetes-bounds';
import { listAt, type Path, valueAt } from './path';
import type { Fault, Rule } from './rule';
import { didYouMean } from './suggest';
import { placeIn, type TracedFleet } from './traced';

type Object = Record<string, unknown>;

/** Extra manifests that are objects. */
function* objects(fleet: TracedFleet): Generator<ExtraManifest & { readonly manifest: Object }> {
  for (const extra of extraManifests(fleet)) if (isMap(extra.manifest)) yield extra as ExtraManifest & { readonly manifest: Object };
}

const annotation = (manifest: unknown, name: string) => valueAt(manifest, ['metadata', 'annotations', name]);
const waveOf = (manifest: unknown) => Number(annotation(manifest, wave) ?? 0) || 0;
const wave = 'argocd.argoproj.io/sync-wave';

/** The claims that an object's pods mount. */
function claimsOf(manifest: Object): readonly unknown[] {
  const pod = podPaths[`${groupOf(String(manifest['apiVersion']))}/${String(manifest['kind'])}`];
  if (pod === undefined) return [];
  return listAt(manifest, [...pod.split('.').filter(Boolean), 'spec', 'volumes']).map((volume) => valueAt(volume, ['persistentVolumeClaim', 'claimName']));
}

/** Kinds that Synapse's own jobs may mount, and so wait for, in what they become. */
const awaited: ReadonlySet<unknown> = new Set(['Secret', 'SealedSecret', 'ExternalSecret', 'ConfigMap', 'Certificate']);

function* waves(fleet: TracedFleet): Generator<Fault> {
  const mounts = [...objects(fleet)].flatMap(({ manifest, namespace }) =>
    claimsOf(manifest).map((claim) => ({ claim, wave: waveOf(manifest), namespace: namespace ?? valueAt(manifest, ['metadata', 'namespace']) })));
  for (const { manifest, at, namespace } of objects(fleet)) {
    const own = waveOf(manifest);
    const place = () => at(['metadata', 'annotations', wave]);
    if (namespace !== undefined && own > 0 && awaited.has(manifest['kind'])) {
      yield { ...place(), message: `${String(own)} is a wave after that of the media volume, which is bound when Synapse runs, which may wait for this ${String(manifest['kind'])}`, fix: 'take the wave away' };
    }
    if (manifest['kind'] !== 'PersistentVolumeClaim') continue;
    const name = valueAt(manifest, ['metadata', 'name']);
    const users = mounts.filter((mount) => mount.claim === name && mount.namespace === (namespace ?? valueAt(manifest, ['metadata', 'namespace'])));
    if (users.length > 0 && users.every((user) => user.wave > own)) {
      yield { ...at(['metadata']), message: `the claim is in wave ${own}, before its pod in wave ${Math.min(...users.map((user) => user.wave))}`, fix: 'give both one wave, or none' };
    }
  }
}

function* unprotectedClaims(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of objects(fleet)) {
    if (manifest['kind'] !== 'PersistentVolumeClaim' || isKeptFrom('Prune', annotation(manifest, syncOptionsAnnotation))) continue;
    yield { ...at(['metadata', 'annotations']), message: 'a push without this claim deletes it, and what it stores', fix: `write '${syncOptionsAnnotation}': '${keep[syncOptionsAnnotation]}'` };
  }
}

function* cascades(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of objects(fleet)) {
    if (manifest['kind'] !== 'Application' || !hasCascade(valueAt(manifest, ['metadata', 'finalizers']))) continue;
    yield { ...at(['metadata', 'finalizers']), message: 'a push without this Application deletes everything that it has made', fix: 'take the finalizer away' };
  }
}

function* unseenApplications(fleet: TracedFleet): Generator<Fault> {
  const own = [...objects(fleet)].filter(({ manifest, namespace }) => namespace === undefined && groupOf(String(manifest['apiVersion'])) === 'argoproj.io');
  const named = own.flatMap(({ manifest }) => (manifest['kind'] === 'AppProject' ? [String(valueAt(manifest, ['metadata', 'name']))] : []));
  const projects = new Set([platformProject, 'default', ...named, ...fleet.homeservers.map(({ model }) => model.names.release)]);
  for (const { manifest, at } of own) {
    if (valueAt(manifest, ['metadata', 'namespace']) !== argocdNamespace) {
      yield { ...at(['metadata', 'namespace']), message: `Argo CD looks for an ${String(manifest['kind'])} in ${argocdNamespace} alone`, fix: `write namespace: ${argocdNamespace}` };
    }
    const project = valueAt(manifest, ['spec', 'project']);
    if (manifest['kind'] !== 'Application' || typeof project !== 'string' || projects.has(project)) continue;
    yield { ...at(['spec', 'project']), message: `there is no project ${project}`, fix: didYouMean(project, [...projects].filter((one) => one !== 'default')) ?? `write ${platformProject}, or an AppProject beside it` };
  }
}

/** What makes Argo CD pass over a file. */
const skip = '+argocd:skip-file-rendering';

function* skipped(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of objects(fleet)) {
    if (JSON.stringify(manifest).includes(skip)) yield { ...at([]), message: `holds the words ${skip}, for which Argo CD passes over its file`, fix: 'write them otherwise' };
  }
}

function* poolers(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of objects(fleet)) {
    const path = ['spec', 'pgbouncer', 'poolMode'];
    if (manifest['kind'] !== 'Pooler' || valueAt(manifest, path) !== 'transaction') continue;
    yield { ...at(path), message: 'no homeserver can use a pool of transactions', fix: 'write session, or make sure that nothing of a homeserver connects to it' };
  }
}

function* schedules(fleet: TracedFleet): Generator<Fault> {
  for (const { manifest, at } of objects(fleet)) {
    const schedule = manifest['kind'] === 'ScheduledBackup' ? valueAt(manifest, ['spec', 'schedule']) : undefined;
    const problem = typeof schedule === 'string' && !schedule.startsWith('@') ? cronProblem(schedule) : undefined;
    if (problem) yield { ...at(['spec', 'schedule']), ...problem };
  }
}

/** Where the ESS chart's values name Secrets: a key beside which the name stands. */
function* secretNames(value: unknown, path: Path = []): Generator<[Path, string]> {
  if (Array.isArray(value)) for (const [index, member] of value.entries()) yield* secretNames(member, [...path, index]);
  if (!isMap(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const here = [...path, key];
    const isName = key === 'configSecret' || key === 'tlsSecret' || (key === 'secret' && typeof value['secretKey'] === 'string')
      || (key === 'secretName' && path.at(-1) === 'secret') || (key === 'name' && path.at(-2) === 'pullSecrets');
    if (isName && typeof member === 'string' && member !== '') yield [here, member];
    else yield* secretNames(member, here);
  }
}

/** The Secrets that objects of the user's make, by namespace and name. */
function madeSecrets(fleet: TracedFleet): ReadonlySet<string> {
  const made = new Set<string>();
  const target: Readonly<Record<string, Path>> = { ExternalSecret: ['spec', 'target', 'name'], Certificate: ['spec', 'secretName'] };
  for (const { manifest, namespace } of objects(fleet)) {
    const path = target[String(manifest['kind'])];
    if (path === undefined && manifest['kind'] !== 'SealedSecret' && manifest['kind'] !== 'Secret') continue;
    const name = (path && valueAt(manifest, path)) ?? valueAt(manifest, ['metadata', 'name']);
    made.add(`${String(namespace ?? valueAt(manifest, ['metadata', 'namespace']))}/${String(name)}`);
  }
  return made;
}

const isOurs = ({ names }: Homeserver, name: string) => name === names.databaseSecret || name === names.keySecret;

/** How kubectl makes the Secret that a value names: from files, so that no value is on a command line or in git. */
function secretArguments(values: unknown, path: Path, name: string): string {
  const key = path.at(-1);
  if (key === 'tlsSecret') return `tls ${name} --cert=FILE --key=FILE`;
  if (key === 'name') return `docker-registry ${name} --from-file=.dockerconfigjson=FILE`;
  return `generic ${name} --from-file=${String(valueAt(values, [...path.slice(0, -1), `${key}Key`]) ?? 'KEY')}=FILE`;
}

function* secretsNotMade(fleet: TracedFleet): Generator<Fault> {
  let made: ReadonlySet<string> | undefined;
  for (const { model, words } of fleet.homeservers) {
    for (const [path, name] of secretNames(model.values)) {
      // A template is filled in by Helm.
      if (isOurs(model, name) || name.includes('{{')) continue;
      made ??= madeSecrets(fleet);
      if (made.has(`${model.names.release}/${name}`)) continue;
      const own = words.find((said) => valueAt(said.options, ['values', ...path]) !== undefined);
      yield {
        ...placeIn(own ?? words[0], ['values', ...path]),
        message: `nothing here makes the Secret ${inWords(name)}, which the pods wait for`,
        fix: `before the push, kubectl --namespace ${model.names.release} create secret ${secretArguments(model.values, path, name)}; or write a SealedSecret or an ExternalSecret into manifests`,
      };
    }
  }
}

function* trackedByLabel({ platform: { model: { argocd }, words } }: TracedFleet): Generator<Fault> {
  const path = ['configs', 'cm', 'application.resourceTrackingMethod'];
  const method = valueAt(argocd.values, path);
  if (method !== undefined && method !== 'annotation') yield { ...placeIn(words[0], ['platform', 'argocd', 'values', ...path]), message: `${inWords(method)} lets Argo CD write its own name into a label by which services are found`, fix: 'take it away' };
}

export const extraObjectRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'wave-deadlock',
    severity: 'error',
    what: 'Nothing waits in a later sync wave for what waits for it: no claim is in an earlier wave than its pod.',
    why: 'A claim counts as progressing until a pod mounts it, and the next wave begins when all of this one is healthy (Argo CD, sync waves; storage classes that bind on first use).',
    fix: 'Give both one wave, or none.',
    check: waves,
  },
  {
    id: 'claim-unprotected',
    severity: 'warning',
    what: 'A claim among the extra manifests is kept when it is gone from git.',
    why: 'Argo CD prunes what git no longer has (Argo CD, sync options).',
    fix: 'Annotate it with `Prune=false,Delete=false`.',
    check: unprotectedClaims,
  },
  {
    id: 'application-cascades',
    severity: 'warning',
    what: 'No Application among the extra manifests has the finalizer that deletes all that it has made.',
    why: 'One file that is gone from git would take everything along (Argo CD, app deletion).',
    fix: 'Take the finalizer away.',
    check: cascades,
  },
  {
    id: 'application-unseen',
    severity: 'error',
    what: 'An Application or AppProject among the extra manifests is in Argo CD\'s namespace, and its project exists.',
    why: 'Argo CD passes over those of other namespaces, and refuses one without a project (Argo CD, Applications in any namespace; AppProject).',
    fix: 'Write `namespace: argocd`, and a project that exists.',
    check: unseenApplications,
  },
  {
    id: 'manifest-skipped',
    severity: 'error',
    what: 'No extra manifest holds the words for which Argo CD passes over a file.',
    why: 'It would not be applied, or be deleted, without a word (Argo CD, directory sources).',
    fix: 'Write them otherwise.',
    check: skipped,
  },
  {
    id: 'pooler-transaction',
    severity: 'warning',
    what: 'A pooler of the database keeps sessions together.',
    why: 'Synapse sets what holds for a session, and MAS takes locks in one (MAS docs, database; Synapse docs, PostgreSQL).',
    fix: 'Write `poolMode: session`.',
    check: poolers,
  },
  {
    id: 'backup-schedule',
    severity: 'error',
    what: 'The schedule of a ScheduledBackup among the extra manifests has six fields, seconds first.',
    why: 'CloudNativePG reads five as seconds to weekday without the last: `0 3 * * *` would be every hour (robfig/cron 1.2, Parse).',
    fix: 'Write the seconds in front: `0 0 3 * * *`.',
    check: schedules,
  },
  {
    id: 'secret-not-made',
    severity: 'warning',
    what: 'Every Secret that the raw values name is made by the chart, by the bootstrap or by an extra manifest.',
    why: 'The chart\'s jobs mount it before anything else is synced, and wait for it without end (ESS chart, hooks; Argo CD, PreSync).',
    fix: 'Make it in the cluster before the push, with its value from a file that is not in git, or write a SealedSecret or an ExternalSecret into `manifests`. Only these end the warning for one homeserver: `silenced` in main.ts ends it for all.',
    check: secretsNotMade,
  },
  {
    id: 'tracking-by-label',
    severity: 'error',
    what: 'Argo CD tracks what it applies by annotation.',
    why: 'By label it overwrites `app.kubernetes.io/instance`, by which the chart\'s monitors select Services (Argo CD, resource tracking; ESS chart, ServiceMonitors).',
    fix: 'Leave `application.resourceTrackingMethod` out.',
    check: trackedByLabel,
  },
];
