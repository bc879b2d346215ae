import type { Manifest } from '../gitops/manifest';
import { databaseFolder } from '../homeserver/database';
import type { Homeserver } from '../homeserver/homeserver';
import { chartsOwn } from '../homeserver/keys';
import { type Names, namesOf } from '../homeserver/names';
import { clusterNamespace, objectNameIn } from '../homeserver/place';
import { clientOf } from '../runbook/client';
import { pullOf } from '../runbook/mover';
import { dumping, dumpOf, fillingWhole, replacingBy, savingWhole } from './dumps';
import { asking, type Estate, estateOf } from './estate';
import { drop, holding, inMover, lettingGo, mounting, privately, pushed, step, stopping, synced, unmounting, untilOwnRuns, untilSaid, untilStopped, volumesOf, waiting } from './steps';

/** What stays of a homeserver that has gone. */
export function stored({ name, kind, place, databases }: Estate): string {
  const { release, mediaClaim, databaseClaim, keySecret } = namesOf(name);
  const names = databases.map((one) => one.name).join(' and ');
  const where = kind === 'built-in' ? `volume ${databaseClaim} with its databases` : `${databases.length > 1 ? 'databases' : 'database'} ${names}${kind === 'external' ? ` on ${place}` : ''}`;
  return `volume ${mediaClaim}, ${where}, keys in Secret ${keySecret}, namespace ${release}`;
}

/** The commands that take away what a homeserver has stored, for good. */
function deletion({ name, release, kind, place, databases }: Estate): readonly string[] {
  const services = databases.map(({ service }) => `${service}-${name}`);
  return [
    `kubectl delete namespace ${release}${kind === 'external' ? ` && kubectl delete namespace ${namesOf(name).databases} --ignore-not-found` : ''}`,
    ...kind === 'cluster' ? [
      `kubectl -n ${clusterNamespace} delete database,databaserole ${services.map((one) => objectNameIn(place, one)).join(' ')} --ignore-not-found`,
      `kubectl -n ${clusterNamespace} delete secret ${services.join(' ')} --ignore-not-found`,
      drop(databases.map((one) => one.name), place),
    ] : [],
    `kubectl delete pv $(${volumesOf('namespace', release)})`,
  ];
}

/** What is left on a server that others tend. */
const elsewhere = ({ kind, place, databases }: Estate) => (kind === 'external' ? `; on ${place}, its admin drops ${databases.map((one) => one.name).join(' and ')}` : '');

/** The chart's own PostgreSQL stops with the homeserver, so that it must be asked before; every other one goes on. */
function stopAndSave(estate: Estate, stop: string): readonly string[] {
  const isOwn = estate.kind === 'built-in';
  const save = step(`save its databases${isOwn ? ', in a quiet hour: their server stops with it' : ''}`, ...asking(estate, estate.databases.map(dumping)));
  return isOwn ? [save, stop] : [stop, save];
}

/** The step that saves uploads. @param running Synapse has the volume on its node, which another pod must go to */
export function savingMedia(name: string, application: Manifest, running = false): string {
  return mediaSaved(estateOf(name, application), running);
}

function mediaSaved({ name, release, pull }: Estate, running = false): string {
  return step(
    'save the media',
    ...running ? [`NODE=$(kubectl -n ${release} get pod -l app.kubernetes.io/component=matrix-server --field-selector status.phase=Running -o 'jsonpath={.items[0].spec.nodeName}')`] : [],
    ...mounting(release, { media: namesOf(name).mediaClaim }, undefined, { ...pull, ...running && { node: '$NODE' } }),
    privately(`${inMover(release, 'tar --create --directory=/media media_store')} > ~/${release}-media.tar`),
    unmounting(release),
  );
}

/** What is saved of a homeserver whose processes have gone, beside its databases. */
export const savingRest = (estate: Estate): readonly [media: string, keys: string] => [
  mediaSaved(estate),
  step('save the keys', privately(`kubectl -n ${estate.release} get secret ${namesOf(estate.name).keySecret} -o yaml > ~/${estate.release}-keys.yaml`)),
];

/** The last steps of one that is retired and saved. @param deleting the command that takes its description away; none: that is done by hand */
export const deletingAll = (estate: Estate, deleting: readonly string[]): readonly [description: string, rest: string] => [
  step('delete its description: its Applications go, and all that it stores stays in the cluster', ...deleting, ...pushed(`Delete ${estate.name}`)),
  step(`only when you are sure, delete what is left${elsewhere(estate)}`, ...deletion(estate)),
];

/** How a homeserver goes for good, beginning with a description that is gone too early. @param isSaid a commit retires it already, and was not pushed */
export function retirement(name: string, application: Manifest, isSaid: boolean): readonly string[] {
  const estate = estateOf(name, application);
  const { release } = estate;
  const file = `instances/${name}.ts`;
  return [
    step(`bring its description back; if it stood in another file, git log --oneline -S "'${name}'" -- main.ts instances finds that`, `git checkout "$(git log -1 --format=%h --diff-filter=AM -- ${file})" -- ${file}`),
    ...stopAndSave(estate, isSaid
      ? step(`push what retires it; where that was done elsewhere, git fetch lets it be known here. Its processes go, and ${stored(estate)} stay`, 'git push', untilStopped(release))
      : step(`say state: 'retired' in it; its processes go, and ${stored(estate)} stay`, ...pushed(`Retire ${name}`), untilStopped(release))),
    ...savingRest(estate),
    ...deletingAll(estate, [`rm ${file}`]),
  ];
}

/** How a homeserver becomes another one with all that it has. */
export function renaming(name: string, application: Manifest, successor: Homeserver): readonly string[] {
  const estate = estateOf(name, application);
  return [
    `say name: '${name}' again; the file itself may be called as you like`,
    ...standingStill(estate, successor.name),
    ...successor.place.kind === 'built-in' ? intoOwn(estate, successor) : intoOther(estate, successor),
    step(`when you have seen that it works, delete what is left of ${name}${elsewhere(estate)}`, ...deletion(estate)),
  ];
}

/** What is saved is counted, too, so that nothing may write to it; the chart's own PostgreSQL must run for that, and stops with the homeserver. */
function standingStill(estate: Estate, successor: string): readonly string[] {
  const { name, release, databases } = estate;
  const isOwn = estate.kind === 'built-in';
  const must = `if it must be ${successor}: `;
  const save = step('save its databases, and count what is in them', ...asking(estate, databases.flatMap(savingWhole)));
  const retire = (when: string, ...then: readonly string[]) => step(`${when}say name: '${name}' and state: 'retired', so that two never run with one identity`, ...pushed(`Retire ${name}`), ...then, untilStopped(release));
  return isOwn
    ? [step(`${must}have Argo CD leave it alone, and stop what writes`, holding(release), ...databases.map(({ service }) => stopping(release, service)), untilStopped(release)), save, retire('', untilSaid, lettingGo(release))]
    : [retire(must), save];
}

/** Nothing starts before the keys are there, so that they come last. */
function intoOther(estate: Estate, successor: Homeserver): readonly string[] {
  const { name, names: { release, base, databases, keySecret }, secrets } = successor;
  const byScript = secrets === 'bootstrap';
  return [
    step(
      `say name: '${name}' and origin: { restoredFrom: 'ess' }, and take state away: it waits for its keys${byScript ? ', as secrets.sh says with status 3' : ''}`,
      ...pushed(`Add ${name}, which was ${estate.name}`),
      ...byScript ? [`dist/bootstrap/secrets.sh --only ${release}`] : [],
      ...databaseFolder(successor) ? [base, databases].map(synced) : [synced(base)],
    ),
    ...fillingIn(estate, successor),
    byScript
      ? step('give it its keys, which starts it', copyingKeys(estate.name, { release, keySecret }))
      : step(`give it its keys, which starts it: section "Give the keys" of its runbook, in whose shell OLD_NAMESPACE and OLD_RELEASE are ${estate.release}`, `npm run runbook -- ${name}`),
  ];
}

/** The chart's own PostgreSQL comes with the homeserver, which must not make keys of its own, nor start on nothing. */
function intoOwn(estate: Estate, successor: Homeserver): readonly string[] {
  const { name, names: { release, keySecret } } = successor;
  return [
    step('give it its keys before anything makes new ones', `kubectl create namespace ${release}`, copyingKeys(estate.name, { release, keySecret })),
    step(`say name: '${name}', take state away, and add, beside what it has, ${waiting(estate.databases)}`, ...pushed(`Add ${name}, which was ${estate.name}`), ...untilOwnRuns(release)),
    ...fillingIn(estate, successor),
    step('take these values away: it starts', ...pushed(`Start ${name}`)),
  ];
}

/** What was saved of the one goes into the other, which does not run yet. */
function fillingIn(estate: Estate, { name, names, databases, place, images }: Homeserver): readonly string[] {
  const old = namesOf(estate.name);
  const pull = pullOf(images, names.pullSecret);
  const host = place.kind === 'built-in' ? undefined : place.host;
  const next = estate.databases.flatMap((saved) => databases.filter(({ service }) => service === saved.service).map((one) => [saved, { ...one, host, port: place.kind === 'external' ? place.port : 5432, release: names.release }] as const));
  return [
    step('restore its databases; each must be the same as it was', ...asking({ release: names.release, ...place.kind === 'external' && { client: clientOf(place, databases, names, pull) } }, next.flatMap(([saved, into]) => fillingWhole(saved, into)))),
    step(
      `copy the media of ${estate.name} to ${name}; both must have the same files`,
      ...mounting(old.release, { media: old.mediaClaim }, undefined, estate.pull),
      ...mounting(names.release, { media: names.mediaClaim }, undefined, pull),
      `${inMover(old.release, 'tar --create --directory=/media media_store')} | ${inMover(names.release, 'tar --extract --directory=/media', true)}`,
      `diff ${[old.release, names.release].map((release) => `<(${inMover(release, "find /media/media_store -type f -printf '%P %s\\n'")} | sort)`).join(' ')} && echo the same`,
      unmounting(old.release),
      unmounting(names.release),
    ),
  ];
}

/** The command that makes a Secret of what another holds. */
function copyingKeys(from: string, to: Pick<Names, 'release' | 'keySecret'>): string {
  const { release, keySecret } = namesOf(from);
  const secret = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: to.keySecret, labels: chartsOwn } }).slice(0, -1);
  return `echo '${secret},"data":'"$(kubectl -n ${release} get secret ${keySecret} -o 'jsonpath={.data}')"'}' | kubectl -n ${to.release} create -f -`;
}

/** How a homeserver goes back to an older version: it cannot read what the newer one has made of its databases. */
export function goingBack(name: string, application: Manifest, from: string, to: string): readonly string[] {
  const estate = estateOf(name, application);
  const { databases, release, kind } = estate;
  // The chart's own PostgreSQL would stop with the homeserver.
  const isOwn = kind === 'built-in';
  const meant = `set it to ${to}, say that it is meant, by the line above`;
  return [
    `leave it at ${from}, and look for what is wrong with it`,
    step(`if it must be ${to}: see that what was saved before the upgrade is here under these names, by its date; without it there is no way back`, `ls -l ${databases.map(dumpOf).join(' ')}`),
    isOwn
      ? step(`have Argo CD leave it alone, and stop what writes`, holding(release), ...databases.map(({ service }) => stopping(release, service)), untilStopped(release))
      : step(`set it back to ${from} for now, and say state: 'stopped'`, ...pushed(`Stop ${name}`), untilStopped(release)),
    step(
      `restore it; what has happened since is lost, but for what this saves before, with ${from} in its name`,
      ...asking(estate, databases.map((one) => replacingBy(one, from))),
    ),
    isOwn
      ? step(meant, ...pushed(`Go back to ${to} in ${name}`), untilSaid, lettingGo(release))
      : step(`${meant}, and take state away`, ...pushed(`Go back to ${to} in ${name}`)),
  ];
}
