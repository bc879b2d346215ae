import { valueAt } from '../../checks/path';
import type { Manifest } from '../../gitops/manifest';
import { hasCascade } from '../../gitops/protect';
import { stateLabel } from '../../homeserver/names';
import { objectName, type Change, type Difference } from '../change';
import { chartSayings } from './chart-values';
import { essEntrance, essSayings, valuesPath } from './ess-values';
import type { Family } from './kind';
import { row, rowWhen, type Row, type Says, type Spot, type WholeOf } from './row';
import { stateSaying } from './state';
import { versionSayings } from './version';

export function isEss(manifest: Manifest): boolean {
  return valueAt(manifest, ['spec', 'source', 'chart']) === 'matrix-stack';
}

const automated = ['spec', 'syncPolicy', 'automated'];

const cut: Says<Spot> = ['outage', 'may leave the namespace of {name} without what runs there: Argo CD looks for it elsewhere'];

const rows: readonly Row[] = [
  row('spec source helm releaseName', ['loss', 'names everything of {name} anew, {after} instead of {before}: volumes, Secrets and databases keep the old name and are not found']),
  row('spec source helm apiVersions', ['effect', 'changes which optional objects the chart of {name} makes']),
  row('spec source helm', ['outage', 'changes how the chart of {name} is rendered; what it runs may restart']),
  row('spec source chart', ['loss', 'puts the chart {after} in the place of {before}: what the old one made is deleted']),
  rowWhen('spec source repoURL', ({ change }) => valueAt(change.after, ['spec', 'source', 'chart']) === undefined,
    ['action', 'fetches {name} from {after} instead of {before}: the repository must be there, with all that was pushed, before this is']),
  row('spec source repoURL', ['effect', 'fetches {name} from {after} instead of {before}']),
  row('spec source path', ['loss', '{name} applies the folder {after} instead of {before}, and deletes what it does not find there']),
  row('spec source targetRevision', ['outage', '{name} follows {after} instead of {before} of the repository']),
  row('spec source', ['outage', 'changes where {name} comes from; what it does not find there it deletes']),
  row('spec destination', ['loss', 'puts {name} into another place; what was made in the old one is not looked after any more'], cut),
  row('spec project', ['effect', 'runs {name} under the rules of the project {after} instead of {before}; a rule too few stops its syncs']),
  rowWhen('spec syncPolicy automated', ({ change: { after } }) => valueAt(after, automated) === undefined, ['action', '{name} waits to be synced by hand from now on']),
  rowWhen('spec syncPolicy automated', ({ change: { before } }) => valueAt(before, automated) === undefined, ['outage', 'syncs {name} by itself from now on, and deletes what it made and git no longer holds, unless that is protected']),
  rowWhen('spec syncPolicy automated prune', ({ after }) => after === true, ['outage', 'deletes what {name} made and git no longer holds, unless it is protected']),
  row('spec syncPolicy automated prune', ['effect', 'keeps what {name} made and git no longer holds']),
  rowWhen('spec syncPolicy automated allowEmpty', ({ after }) => after === true, ['effect', 'lets Argo CD sync {name} even where nothing of it is to run']),
  row('spec syncPolicy automated allowEmpty', ['effect', 'keeps Argo CD from deleting everything of {name} at once']),
  rowWhen('spec syncPolicy automated selfHeal', ({ after }) => after !== true, ['effect', 'leaves changes that somebody makes by hand in {name} as they are']),
  row('spec syncPolicy automated', ['effect', 'changes when {name} syncs by itself']),
  row('spec syncPolicy managedNamespaceMetadata', ['outage', 'changes labels of the namespace of {name}: new pods may be refused there, or cut off by network policies']),
  row('spec syncPolicy syncOptions', ['effect', 'changes how Argo CD applies {name}']),
  row('spec syncPolicy retry', ['effect', 'changes how often Argo CD tries {name} again']),
  row('spec syncPolicy', ['effect', 'changes when and how {name} syncs']),
  row('spec ignoreDifferences', ['effect', 'changes which differences of {name} Argo CD leaves alone']),
  row('spec revisionHistoryLimit', ['effect', 'remembers {after} syncs of {name} instead of {before}']),
];

/** What an Application leaves behind: of a homeserver that was not retired, something that runs on. */
function goesAway(of: WholeOf, all: Difference): readonly Says<WholeOf>[] {
  const { manifest, owner, path } = of;
  const ess = all.find((change) => change.what === 'goes' && isEss(change.manifest) && owner.kind === 'homeserver' && change.owner.name === owner.name);
  if (hasCascade(manifest.metadata.finalizers)) return [['loss', 'deletes {name} and everything that it made']];
  if (ess?.what === 'goes' && ess.manifest.metadata.labels?.[stateLabel] !== 'retired') return [['loss', 'nobody tends {owner} any more: what {name} made runs on, cut off from git']];
  if (isEss(manifest)) {
    const stored = all.flatMap((change) => (change.what === 'goes' && change.owner.name === owner.name && stores.has(change.manifest.kind) ? [objectName(change.manifest)] : []));
    return [['action', () => `{owner} is gone but for what it stores, which stays until you delete it: ${stored.join(', ') || 'look into the namespace {name}'}`]];
  }
  if (ess) return [['effect', 'Argo CD looks after {name} no more; what it made stays']];
  return path.startsWith('argocd/')
    ? [['action', 'Argo CD looks after {name} no more; what it made stays in the cluster until you delete it']]
    : [['loss', 'nobody tends what {name} made any more: it runs on, cut off from git']];
}

/** Kinds that something is stored in. */
const stores: ReadonlySet<string> = new Set(['Namespace', 'PersistentVolumeClaim', 'Database']);

/** Whether an Application goes from a project, be it to another one. */
function leaves(change: Change, project: string): boolean {
  const [before, after] = change.what === 'goes' ? [change.manifest] : change.what === 'changes' ? [change.before, change.after] : [];
  return before?.kind === 'Application' && valueAt(before, ['spec', 'project']) === project && valueAt(after, ['spec', 'project']) !== project;
}

/** What a change inside an Application means: of its chart's version and values, by the chart. */
function sayings(spot: Spot): readonly Says<Spot>[] | undefined {
  const { change: { before, after }, path } = spot;
  if (path.join(' ') === `metadata labels ${stateLabel}`) return [stateSaying(spot.change)];
  if (valueAt(after, ['spec', 'source', 'chart']) === undefined) return undefined;
  if (path.join(' ') === 'spec source targetRevision') return versionSayings(spot);
  if (!valuesPath.every((step, index) => step === path[index])) return undefined;
  const inValues = path.slice(valuesPath.length);
  return isEss(after)
    ? essSayings(spot, inValues, valueAt(before, valuesPath), valueAt(after, valuesPath))
    : chartSayings(spot, String(valueAt(after, ['spec', 'source', 'chart'])), inValues);
}

/** All hosts of a homeserver's values, and the ports that calls need. */
function needs({ manifest }: WholeOf): { readonly hosts: readonly string[]; readonly ports: readonly string[] } {
  const at = (path: string) => valueAt(manifest, [...valuesPath, ...path.split(' ')]);
  const hosts = ['serverName', ...['synapse', 'matrixAuthenticationService', 'elementWeb', 'elementAdmin', 'matrixRTC', 'hookshot'].map((each) => `${each} ingress host`)].map(at);
  const ports = (['rtcTcp tcp', 'rtcMuxedUdp udp', 'turnTLS tcp', 'turn udp'] as const).flatMap((each) => {
    const [service, protocol] = each.split(' ');
    const number = at(`matrixRTC sfu exposedServices ${service} port`);
    return number === undefined || at(`matrixRTC sfu exposedServices ${service} enabled`) === false ? [] : [`${String(number)}/${protocol}`];
  });
  return { hosts: hosts.filter((host): host is string => typeof host === 'string'), ports };
}

/** Applications, and the projects that they run in. */
export const applications: Family = {
  'argoproj.io/Application': {
    fields: rows,
    sayings,
    otherwise: ['outage', 'changes {object}; what it runs may restart'],
    appears: [['effect', (of) => (isEss(of.manifest) ? 'starts the homeserver {owner}' : 'Argo CD looks after {name}')]],
    appearsToo: (of) => {
      if (!isEss(of.manifest)) return [];
      const { hosts, ports } = needs(of);
      return [
        ...hosts.length > 0 ? [['action', `new DNS names needed: ${hosts.join(', ')} → ${essEntrance(of.manifest)}`] as const] : [],
        ...ports.length > 0 ? [['action', `calls need ports: open ${ports.join(' and ')} in the firewall`] as const] : [],
      ];
    },
    goes: goesAway,
  },
  'argoproj.io/AppProject': {
    fields: [
      row('spec sourceRepos', ['effect', 'changes from where Applications of the project {name} may come; what is not listed syncs no more']),
      row('spec destinations', ['effect', 'changes into which namespaces Applications of the project {name} may put things; what is not listed syncs no more']),
    ],
    otherwise: ['effect', 'changes what Applications of the project {name} may do; what is not allowed syncs no more'],
    appears: [['effect', 'adds the project {name}']],
    goes: ({ manifest: { metadata: { name } } }, all) => (all.some((change) => leaves(change, name))
      ? [['effect', 'deletes the project {name} with its Applications']]
      : [['outage', 'deletes the project {name}: Applications in it sync no more']]),
  },
};
