import { argocdNamespace } from '../gitops/application';
import type { Manifest } from '../gitops/manifest';
import type { Homeserver } from '../homeserver/homeserver';
import { type DatabaseService, databaseName, namesOf } from '../homeserver/names';
import { builtInNames, clusterNamespace, clusterOfHost, objectNameIn } from '../homeserver/place';
import { chartValue, written } from './scene';
import { drop, dumping, emptying, inMover, mounting, pushed, restoring, scaleArgocd, type Server, step, unmounting, untilStopped } from './steps';

/** What a homeserver has stored, by the values of its chart. */
interface Estate extends Server {
  readonly name: string;
  readonly databases: readonly { readonly service: DatabaseService; readonly name: string; readonly role: string }[];
}

const components = { synapse: 'synapse', mas: 'matrixAuthenticationService' } as const;

/** MAS has a host as long as it keeps accounts, be the homeserver stopped or not. */
function estateOf(name: string, application: Manifest): Estate {
  const host = chartValue(application, 'synapse.postgres.host');
  const services = (['synapse', 'mas'] as const).filter((service) => service === 'synapse' || chartValue(application, 'matrixAuthenticationService.ingress.host') !== undefined);
  return {
    name,
    host,
    release: namesOf(name).release,
    databases: services.map((service) => {
      const [database, role] = ['database', 'user'].map((field) => written(chartValue(application, `${components[service]}.postgres.${field}`) ?? databaseName(service, name))) as [string, string];
      return { service, ...host === undefined ? builtInNames[service] : { name: database, role } };
    }),
  };
}

function stored({ name, host, databases }: Estate): string {
  const { release, mediaClaim, databaseClaim, keySecret } = namesOf(name);
  const names = databases.map((one) => one.name).join(' and ');
  const where = host === undefined ? `volume ${databaseClaim} with its databases` : `${databases.length > 1 ? 'databases' : 'database'} ${names}${clusterOfHost(host) === undefined ? ` on ${written(host)}` : ''}`;
  return `volume ${mediaClaim}, ${where}, keys in Secret ${keySecret}, namespace ${release}`;
}

/** The commands that take away what a homeserver has stored, for good. */
function deletion({ name, host, release, databases }: Estate): readonly string[] {
  const cluster = clusterOfHost(host);
  const services = databases.map(({ service }) => `${service}-${name}`);
  return [
    `kubectl delete namespace ${release}${typeof host === 'string' && cluster === undefined ? ` && kubectl delete namespace ${namesOf(name).databases} --ignore-not-found` : ''}`,
    ...cluster === undefined ? [] : [
      `kubectl -n ${clusterNamespace} delete database,databaserole ${services.map((one) => objectNameIn(cluster, one)).join(' ')}`,
      `kubectl -n ${clusterNamespace} delete secret ${services.join(' ')}`,
      drop(databases.map((one) => one.name), cluster),
    ],
    `kubectl delete pv $(kubectl get pv -o 'jsonpath={.items[?(@.spec.claimRef.namespace=="${release}")].metadata.name}')`,
  ];
}

/** The chart's own PostgreSQL stops with the homeserver, so that it must be asked before; every other one goes on. */
function stopAndSave(estate: Estate, stop: string): readonly string[] {
  const save = step(estate.host === undefined ? 'save its databases, in a quiet hour: their server stops with it' : 'save its databases', ...estate.databases.map(({ name }) => dumping(name, estate)));
  return estate.host === undefined ? [save, stop] : [stop, save];
}

/** How a homeserver goes for good, beginning with a description that is gone too early. */
export function retirement(name: string, application: Manifest): readonly string[] {
  const estate = estateOf(name, application);
  const { release, mediaClaim, keySecret } = namesOf(name);
  const file = `instances/${name}.ts`;
  return [
    step(`bring its description back; if it stood in another file, git log --oneline -S "'${name}'" -- main.ts instances finds that`, `git checkout "$(git log -1 --format=%h --diff-filter=AM -- ${file})" -- ${file}`),
    ...stopAndSave(estate, step(`say state: 'retired' in it; its processes go, and ${stored(estate)} stay`, ...pushed(`Retire ${name}`), untilStopped(release))),
    step('save the media', ...mounting(release, { media: mediaClaim }), `${inMover(release, 'tar --create --directory=/media media_store')} > ~/${release}-media.tar`, unmounting(release)),
    step('save the keys', `(umask 077 && kubectl -n ${release} get secret ${keySecret} -o yaml > ~/${release}-keys.yaml)`),
    step('delete its description: its Applications go, and all that it stores stays in the cluster', `rm ${file}`, ...pushed(`Delete ${name}`)),
    step('only when you are sure, delete what is left', ...deletion(estate)),
  ];
}

/** How a homeserver becomes another one with all that it has. */
export function renaming(name: string, application: Manifest, successor: Homeserver): readonly string[] {
  const estate = estateOf(name, application);
  const [old, fresh] = [namesOf(name), successor.names];
  const { place, databases, secrets } = successor;
  const server: Server = { host: place.kind === 'built-in' ? undefined : place.host, release: fresh.release };
  const synced = (one: string) => `kubectl -n ${argocdNamespace} wait application ${one} --for='jsonpath={.status.sync.status}'=Synced --timeout=10m`;
  return [
    `say name: '${name}' again; the file itself may be called as you like`,
    ...stopAndSave(estate, step(`if it must be ${successor.name}: say name: '${name}' and state: 'retired', so that two never run with one identity`, ...pushed(`Retire ${name}`), untilStopped(old.release))),
    step(
      `say name: '${successor.name}' and origin: { restoredFrom: 'ess' }, and take state away: it waits for its keys${secrets === 'bootstrap' ? ', as secrets.sh says with status 3' : ''}`,
      ...pushed(`Add ${successor.name}, which was ${name}`),
      ...secrets === 'bootstrap' ? [`dist/bootstrap/secrets.sh --only ${fresh.release}`] : [],
      synced(fresh.base),
      place.kind === 'built-in' ? `kubectl -n ${fresh.release} rollout status statefulset ${fresh.release}-postgres --timeout=10m` : synced(fresh.databases),
    ),
    step('restore its databases', ...estate.databases.flatMap(({ service, name: saved }) => databases.filter((one) => one.service === service).map((one) => restoring(saved, server, one.name, one.role)))),
    step(
      'copy its media',
      ...mounting(old.release, { media: old.mediaClaim }),
      ...mounting(fresh.release, { media: fresh.mediaClaim }),
      `${inMover(old.release, 'tar --create --directory=/media media_store')} | ${inMover(fresh.release, 'tar --extract --directory=/media', true)}`,
      unmounting(old.release),
      unmounting(fresh.release),
    ),
    secrets === 'bootstrap'
      ? step('give it its keys, which starts it', `echo '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"${fresh.keySecret}"},"data":'"$(kubectl -n ${old.release} get secret ${old.keySecret} -o 'jsonpath={.data}')"'}' | kubectl -n ${fresh.release} create -f -`)
      : step(`give it its keys, which starts it: section "Give the keys" of its runbook, in whose shell OLD_NAMESPACE and OLD_RELEASE are ${old.release}`, `npm run runbook -- ${successor.name}`),
    step(`when you have seen that it works, delete what is left of ${name}`, ...deletion(estate)),
  ];
}

/** How a homeserver goes back to an older version: it cannot read what the newer one has made of its databases. */
export function goingBack(name: string, application: Manifest, from: string, to: string): readonly string[] {
  const estate = estateOf(name, application);
  const { databases, release, host } = estate;
  const scaled = (kind: string, component: string) => `kubectl -n ${release} scale ${kind} -l app.kubernetes.io/component=${component} --replicas 0`;
  // The chart's own PostgreSQL would stop with the homeserver.
  const [stop, ...start] = host === undefined
    ? [step(`if it must be ${to}: hold Argo CD, and stop what writes`, scaleArgocd(0), scaled('statefulset', 'matrix-server'), scaled('deployment', 'matrix-authentication'), untilStopped(release)), scaleArgocd(1)]
    : [step(`if it must be ${to}: set it back to ${from} for now, and say state: 'stopped'`, ...pushed(`Stop ${name}`), untilStopped(release))];
  return [
    `leave it at ${from}, and look for what is wrong with it`,
    stop!,
    step(`restore what was saved before the upgrade, here as ${databases.map((one) => `~/${one.name}.dump`).join(' and ')}; what has happened since is lost`, ...databases.flatMap((one) => [emptying(one.name, estate), restoring(one.name, estate, one.name, one.role)])),
    step(`set it to ${to}, say that it is meant, by the line above${host === undefined ? '' : ', and take state away'}`, ...pushed(`Go back to ${to} in ${name}`), ...start),
  ];
}
