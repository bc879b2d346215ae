import type { Manifest } from '../gitops/manifest';
import { argocdNamespace } from '../gitops/application';
import { databaseFolder, databaseSecrets } from '../homeserver/database';
import type { Homeserver } from '../homeserver/homeserver';
import { isInitialised } from '../homeserver/initialise';
import { namesOf, stateLabel } from '../homeserver/names';
import { clusterNamespace, objectNameIn } from '../homeserver/place';
import { placeOf as placeOfSecret } from '../secrets/sealed';
import { fillingWhole, forgettingKeys, savingWhole } from './dumps';
import { asking, type Estate, estateOf, type Stored } from './estate';
import { drop, holding, lettingGo, pushed, savingSecret, step, stopping, synced, untilOwnRuns, untilSaid, untilStopped, volumesOf, waiting } from './steps';

/** A homeserver whose databases are to be elsewhere. */
interface Relocation {
  readonly homeserver: Homeserver;
  readonly old: Estate;
  readonly next: Estate;
  /** Whether the baseline has it running. */
  readonly runs: boolean;
}

/** Which database it is, of all. */
const placeOf = ({ host, port, name }: Stored) => JSON.stringify([host, port, name]);

function relocationOf(homeserver: Homeserver, before: Manifest, after: Manifest): Relocation {
  const { name } = homeserver;
  const next = estateOf(name, after).databases;
  const moving = estateOf(name, before).databases.filter((was) => !next.some((is) => is.service === was.service && placeOf(is) === placeOf(was))).map(({ service }) => service);
  return { homeserver, old: estateOf(name, before, moving), next: estateOf(name, after, moving), runs: before.metadata.labels?.[stateLabel] === undefined };
}

/** How databases get from one place to another: saved while PostgreSQL runs and Synapse does not, and restored before Synapse starts there. */
export function relocating(homeserver: Homeserver, before: Manifest, after: Manifest): readonly string[] {
  const relocation = relocationOf(homeserver, before, after);
  const { old, next } = relocation;
  const restored = next.databases.flatMap((into) => old.databases.filter(({ service }) => service === into.service).map((saved) => [saved, into] as const));
  return [
    `leave its database in ${old.place}`,
    ...standStill(relocation),
    step('save its databases, and count what is in them', ...asking(old, old.databases.flatMap(savingWhole))),
    ...describing(relocation),
    step('restore them there; each must be the same as it was', ...asking(next, restored.flatMap(([saved, into]) => fillingWhole(saved, into)))),
    step(`take ${next.kind === 'built-in' ? 'these values' : 'state'} and that line away: it starts`, ...pushed(`Start ${old.name}`)),
    ...wayBack(relocation),
    ...cleaning(relocation),
  ];
}

/** How a homeserver goes to a cluster that was recovered from its own: all is there already. */
export function goingToRecovered(homeserver: Homeserver, before: Manifest, after: Manifest): readonly string[] {
  const relocation = relocationOf(homeserver, before, after);
  const { old, next } = relocation;
  const synapse = next.databases[0]!;
  return [
    `leave its database in ${old.place}`,
    ...standStill(relocation),
    step(`wait until ${next.place} is recovered, and see that it has what you want: docs/recovery.md`, `kubectl -n ${clusterNamespace} wait cluster ${next.place} --for=condition=Ready --timeout=2h`),
    step(`say the new database again, that it is meant, by the line above, and state: 'stopped'`, ...pushed(`Databases of ${old.name} in ${next.place}`), ...untilMade(relocation)),
    step('forget the one-time keys that have been handed out since: clients upload new ones', forgettingKeys(synapse)),
    step('take state and that line away: it starts', ...pushed(`Start ${old.name}`)),
    ...cleaning(relocation),
  ];
}

/** The chart's own PostgreSQL stops with the homeserver, so that Argo CD is held instead; every other one goes on. */
function standStill({ old: { kind, place, name, release, databases }, runs }: Relocation): readonly string[] {
  if (kind !== 'built-in') {
    return runs ? [step(`to move: say state: 'stopped', with its database in ${place} for now`, ...pushed(`Stop ${name}`), untilStopped(release))] : [];
  }
  return [
    ...runs ? [] : [step('to move: take state away, with its database built-in for now', ...pushed(`Start ${name}`), ...untilOwnRuns(release))],
    step('to move: have Argo CD leave it alone, and stop what writes; its own PostgreSQL goes on', holding(release), ...databases.map(({ service }) => stopping(release, service)), untilStopped(release)),
  ];
}

/** The push by which the new place is there, and nothing starts on it yet. */
function describing(relocation: Relocation): readonly string[] {
  const { old: { kind, name, release }, next } = relocation;
  const commit = pushed(`Databases of ${name} in ${next.place}`);
  if (next.kind === 'built-in') {
    return [step(`say the new database again, that it is meant, by the line above, no state, and, beside what it has, ${waiting(next.databases)}`, ...commit, ...untilOwnRuns(release))];
  }
  return [
    ...madeByHand(relocation),
    ...inStore(relocation),
    step(
      `say the new database again, that it is meant, by the line above, and state: 'stopped'`,
      ...commit,
      ...kind === 'built-in' ? [untilSaid, lettingGo(release)] : [],
    ),
    ...passwords(relocation),
    ...untilMade(relocation).length > 0 ? [step('wait until roles and databases are made', ...untilMade(relocation))] : [],
  ];
}

/** What the admin of a server outside does, where nothing here makes roles and databases. */
function madeByHand({ homeserver: { place }, next }: Relocation): readonly string[] {
  if (next.kind !== 'external' || isInitialised(place)) return [];
  const statements = next.databases.flatMap(({ name, role }) => [
    `CREATE ROLE "${role}" LOGIN;`,
    `GRANT "${role}" TO CURRENT_USER;`,
    `CREATE DATABASE "${name}" OWNER "${role}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';`,
    `REVOKE CONNECT ON DATABASE "${name}" FROM PUBLIC;`,
  ]);
  return [
    step(`where they are not there yet, make roles and databases on ${next.place}, as its admin in psql`, ...statements),
    step('give each role its password there, one line at a time: psql asks for it', ...next.databases.map(({ role }) => `\\password "${role}"`)),
  ];
}

/** Whether there are other passwords in the new place than in the old one; within the clusters they stay. */
const renewsPasswords = ({ homeserver: { place }, old, next }: Relocation) => next.kind === place.kind && next.kind !== 'built-in' && !(next.kind === 'cluster' && old.kind === 'cluster');

/** A store has them before anything is rendered or read by them. */
function inStore(relocation: Relocation): readonly string[] {
  const { homeserver: { name, names: { release, databaseSecret }, secrets }, old } = relocation;
  if (!renewsPasswords(relocation) || (secrets !== 'external' && secrets !== 'vault-plugin')) return [];
  const isSaved = old.kind !== 'built-in';
  return [step(
    `say the new database again, and before that is pushed, write the passwords that are right there into the store, under the entries that this names${isSaved ? '; the first command saves the old ones, in base64' : ''}`,
    ...isSaved ? [savingSecret(release, databaseSecret)] : [],
    `npm run secrets -- ${name}`,
  )];
}

/** The copy of the passwords that the homeserver reads is made anew, as what it is a copy of is another. */
function passwords(relocation: Relocation): readonly string[] {
  if (!renewsPasswords(relocation)) return [];
  const { homeserver, old, next } = relocation;
  const { name, names: { release, databaseSecret, secrets: { own: ownSecrets, passwords: besideDatabase } }, place, secrets } = homeserver;
  const specs = databaseSecrets(homeserver);
  const supplied = specs.flatMap(({ keys }) => keys).flatMap((key) => ('supplied' in key ? [key] : []));
  const asked = supplied.map(({ supplied: variable, what }) => `printf '\\n%s: ' '${what}' && IFS= read -rs ${variable} && export ${variable}`);
  // One command, which a shell reads as a whole: pasted with others, none of them is taken for a password.
  const withAnswers = (...commands: readonly string[]) => (asked.length === 0 ? commands : [`(${[...asked, ...commands].join(' && ')})`]);
  switch (secrets) {
    case 'bootstrap': return [step(
      'give it the passwords that are right there',
      ...old.kind === 'built-in' ? [] : [savingSecret(release, databaseSecret)],
      ...withAnswers(
        `kubectl -n ${release} delete secret ${databaseSecret} --ignore-not-found`,
        ...isInitialised(place) && old.kind === 'external' ? [`kubectl -n ${place.initialise.namespace} delete secret admin --ignore-not-found`] : [],
        `dist/bootstrap/secrets.sh --only ${release}`,
      ),
    )];
    case 'sealed': {
      const renewed = specs.flatMap((spec) => spec.keys.flatMap((key) => ('copyOf' in key || 'literal' in key ? [] : [`--renew ${placeOfSecret(spec)}/${key.key}`])));
      return [step('seal the passwords that are right there', ...withAnswers(`npm run seal -- ${name} ${renewed.join(' ')}`), 'npm run synth', `git add --all sealed dist && git commit -m 'Passwords of ${name} in ${next.place}' && git push`)];
    }
    case 'external': return [step('have them read again at once, not within the hour', ...specs.map((spec) => `kubectl -n ${spec.namespace} annotate externalsecret ${spec.name} force-sync="$(date +%s)" --overwrite`))];
    case 'vault-plugin': return [step('have them rendered again, whatever is cached', `kubectl -n ${argocdNamespace} annotate application ${[ownSecrets, ...databaseFolder(homeserver) ? [besideDatabase] : []].join(' ')} argocd.argoproj.io/refresh=hard --overwrite`)];
  }
}

/** Waits until the databases are there; of a server that others tend, nobody here knows. */
function untilMade({ homeserver: { place, names }, next: { kind, name, databases } }: Relocation): readonly string[] {
  if (place.kind !== kind) return [];
  if (place.kind === 'cluster') {
    const objects = databases.map(({ service }) => objectNameIn(place.cluster, `${service}-${name}`)).join(' ');
    return [
      synced(names.databases),
      `kubectl -n ${place.namespace} wait database ${objects} --for='jsonpath={.status.applied}'=true --timeout=10m`,
    ];
  }
  return isInitialised(place) ? [synced(names.databases), `kubectl -n ${place.initialise.namespace} wait --for=condition=Complete job --all --timeout=10m`] : [];
}

/** Nothing was changed in the old place. */
function wayBack(relocation: Relocation): readonly string[] {
  const { homeserver: { secrets, names: { release, databaseSecret } }, old } = relocation;
  const text = `if it does not work: say state: 'stopped', then the database in ${old.place} again, which is refused and meant in the same way; nothing has changed there`;
  if (old.kind === 'built-in' || !renewsPasswords(relocation)) return [text];
  switch (secrets) {
    case 'bootstrap': return [step(`${text}; its passwords come back by`, `kubectl -n ${release} replace --force -f ~/${databaseSecret}.yaml`)];
    case 'sealed': return [`${text}; its sealed passwords come back from git: git log -- sealed`];
    case 'external':
    case 'vault-plugin': return [`${text}; its passwords go back into the store from ~/${databaseSecret}.yaml, as above`];
  }
}

/** The commands that take away what is left in the old place, for good. */
function cleaning({ homeserver: { place }, old: { kind, place: where, name, release, databases }, next }: Relocation): readonly string[] {
  const text = `when you have seen that it works, delete what is left in ${where}`;
  const { databaseClaim, databases: namespace } = namesOf(name);
  const services = databases.map(({ service }) => `${service}-${name}`);
  switch (kind) {
    case 'cluster': return [step(
      text,
      `kubectl -n ${clusterNamespace} delete database,databaserole ${services.map((one) => objectNameIn(where, one)).join(' ')} --ignore-not-found`,
      ...next.kind === 'cluster' ? [] : [`kubectl -n ${clusterNamespace} delete secret ${services.join(' ')} --ignore-not-found`],
      drop(databases.map((one) => one.name), where),
    )];
    case 'built-in': return [step(text, `kubectl -n ${release} delete pvc ${databaseClaim} --ignore-not-found`, `kubectl delete pv $(${volumesOf('name', databaseClaim)})`)];
    case 'external': {
      const statements = `${text}, as its admin in psql: ${databases.map((one) => `DROP DATABASE "${one.name}"; DROP ROLE "${one.role}";`).join(' ')}`;
      return isInitialised(place) ? [statements] : [step(`${statements} What made them goes, too`, `kubectl delete namespace ${namespace} --ignore-not-found`)];
    }
  }
}

