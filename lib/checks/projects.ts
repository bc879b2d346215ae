import { inCluster } from '../gitops/application';
import type { Document } from '../gitops/emit';
import { isMap } from '../merge';
import { manifestFaults } from './blame';
import type { Complaint } from './complaint';
import { groupOf, isClusterScoped } from './extra-manifests';
import { listAt, type Path, valueAt } from './path';
import type { Fault, Rule } from './rule';
import type { CheckedUnit } from './unit';

type Object = Readonly<Record<string, unknown>>;

const strings = (value: unknown, path: Path): readonly string[] => listAt(value, path).map(String);
const maps = (value: unknown, path: Path): readonly Object[] => listAt(value, path).filter(isMap);

/** Whether a text is what a pattern of Argo CD's means. @param separator what `*` does not cross and `**` does; empty: nothing */
function matches(pattern: string, text: string, separator = ''): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!/[*?]/.test(pattern)) return false;
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.');
  const star = separator === '' ? '.*' : `[^${separator}]*`;
  return new RegExp(`^${escaped.replaceAll(/\*+/g, (stars) => (stars.length > 1 ? '.*' : star))}$`).test(text);
}

/** Whether a list of patterns lets a text through; those that begin with an exclamation mark forbid. */
function permits(patterns: readonly string[], text: string, separator?: string): boolean {
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern, text, separator))
    && !patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), text, separator));
}

const nameOf = (project: Object): string => String(valueAt(project, ['metadata', 'name']));

const wrong = (path: Path, message: string, fix: string): Complaint => ({ kind: 'choice', path, message, fix });

/** What a project has against an Application of it: where it comes from, and where it goes. */
export function applicationComplaints(project: Object, application: Object): Complaint[] {
  const all: Complaint[] = [];
  const sources: [Path, unknown][] = [
    [['spec', 'source'], valueAt(application, ['spec', 'source'])],
    ...maps(application, ['spec', 'sources']).map((source, index): [Path, unknown] => [['spec', 'sources', index], source]),
  ];
  const repositories = strings(project, ['spec', 'sourceRepos']);
  const name = nameOf(project);
  for (const [path, source] of sources) {
    const repository = valueAt(source, ['repoURL']);
    if (typeof repository !== 'string' || permits(repositories, repository, '/') || permits(repositories, repository.replace(/\.git$/, ''), '/')) continue;
    all.push(wrong([...path, 'repoURL'], `the project ${name} takes nothing from ${repository}`, 'write an AppProject of its own, with this repository among its sourceRepos'));
  }
  const { server = inCluster, namespace } = (valueAt(application, ['spec', 'destination']) ?? {}) as Object;
  if (!reaches(project, String(namespace ?? ''), String(server))) {
    all.push(wrong(['spec', 'destination'], `the project ${name} does not reach ${String(namespace)} in ${String(server)}`, 'write an AppProject of its own, with this destination'));
  }
  return all;
}

function reaches(project: Object, namespace: string, server: string = inCluster): boolean {
  return maps(project, ['spec', 'destinations']).some((destination) =>
    (destination['server'] === undefined || matches(String(destination['server']), server)) && matches(String(destination['namespace'] ?? ''), namespace));
}

const isListed = (list: readonly Object[], group: string, kind: string, name: string) => list.some((entry) =>
  matches(String(entry['group']), group) && matches(String(entry['kind']), kind) && (entry['name'] === undefined || matches(String(entry['name']), name)));

/** What a project has against an object that one of its Applications applies. */
export function objectComplaints(project: Object, { apiVersion, kind, metadata }: Document['manifest']): Complaint[] {
  const group = groupOf(apiVersion);
  if (isClusterScoped(apiVersion, kind)) {
    if (isListed(maps(project, ['spec', 'clusterResourceWhitelist']), group, kind, metadata.name)) return [];
    return [wrong(['kind'], `the project ${nameOf(project)} may not touch a ${kind}`, 'move it to an Application whose project may')];
  }
  const allowed = valueAt(project, ['spec', 'namespaceResourceWhitelist']);
  if (Array.isArray(allowed) && !isListed(maps(project, ['spec', 'namespaceResourceWhitelist']), group, kind, metadata.name)) {
    return [wrong(['kind'], `the project ${nameOf(project)} may not touch a ${kind}`, 'move it to an Application whose project may')];
  }
  if (metadata.namespace === undefined || reaches(project, metadata.namespace)) return [];
  return [wrong(['metadata', 'namespace'], `the project ${nameOf(project)} does not reach ${metadata.namespace}`, 'move it to an Application whose project does')];
}

/** What Argo CD reads of a unit: its projects by name, its Applications, and all objects by their folder. */
function arranged(documents: readonly Document[]) {
  const projects = new Map<string, Object>();
  const applications: Document[] = [];
  const folders = new Map<string, Document[]>();
  for (const document of documents) {
    const { path, manifest } = document;
    if (groupOf(manifest.apiVersion) === 'argoproj.io') {
      if (manifest.kind === 'AppProject') projects.set(manifest.metadata.name, manifest);
      if (manifest.kind === 'Application') applications.push(document);
    }
    const folder = path.slice(0, path.lastIndexOf('/'));
    const before = folders.get(folder);
    if (before) before.push(document);
    else folders.set(folder, [document]);
  }
  return { projects, applications, folders };
}

function refused(unit: CheckedUnit): Fault[] {
  const { projects, applications, folders } = arranged(unit.emitted.documents);
  return applications.flatMap((application) => {
    const { spec } = application.manifest;
    const project = projects.get(String(valueAt(spec, ['project'])));
    // The project of a homeserver's databases is the platform's.
    if (project === undefined) return [];
    const own = manifestFaults(unit, application, applicationComplaints(project, application.manifest));
    const path = valueAt(spec, ['source', 'path']);
    if (typeof path !== 'string') return own;
    const applied = [...folders.keys()].filter((folder) => path === folder || path.endsWith(`/${folder}`)).flatMap((folder) => folders.get(folder)!);
    return [...own, ...applied.flatMap((document) => manifestFaults(unit, document, objectComplaints(project, document.manifest)))];
  });
}

export const projectRules: readonly Rule<CheckedUnit>[] = [{
  id: 'project-refuses',
  severity: 'error',
  what: 'The project of every Application lets it take what it takes, from where it takes it, to where it goes.',
  why: 'Argo CD refuses the whole Application otherwise; the project `default` lets nothing pass here (Argo CD, AppProject).',
  fix: 'Name the project `platform` where that is enough, or write an AppProject beside the Application.',
  check: refused,
}];
