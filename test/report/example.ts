import { difference } from '../../lib/diff/difference';
import type { Change } from '../../lib/diff/change';
import type { Level, Meaning } from '../../lib/diff/meaning';
import { withHeader } from '../../lib/output/header';
import { renderManifest } from '../../lib/output/render';
import { type View, viewOf } from '../../lib/report/view';

/** A ConfigMap of a homeserver's, or of what else the name says. */
export function configMap(data: unknown, name = 'x') {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'n' }, data };
}

/** What is told of objects and texts that change, each meaning the level that stands beside it. */
export function viewOfFiles(files: readonly (readonly [path: string, before: object | string | undefined, after: object | string | undefined, level: Level, text?: string])[]): View {
  const render = (content: object | string | undefined) => (typeof content === 'object' ? renderManifest(content) : content && withHeader(content));
  const meaningsOf = ({ path }: Change): readonly Meaning[] => files.filter(([own]) => own === path).map(([, , , level, text = `means ${level}`]) => ({ level, text, fields: [] }));
  return viewOf('HEAD', difference(files.map(([path, before, after]) => ({ path, before: render(before), after: render(after) }))), meaningsOf, []);
}

/** A homeserver's Application of the ESS chart. */
export function application(valuesObject: object) {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'matrix-a', namespace: 'argocd' }, spec: { source: { chart: 'matrix-stack', helm: { valuesObject } } } };
}
