import { objectName } from '../diff/change';
import { fieldChanges } from '../diff/fields';
import { dotted } from '../diff/meanings/row';
import { isMap } from '../merge';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { fieldOf, isOf, isOurs, type Scene, written } from './scene';
import { valuesOf } from './source';
import { push } from './steps';

/** Values that say what a chart calls its objects, or where and how these store. */
interface Telling {
  /** Only of this chart. */
  readonly chart?: string;
  readonly path: RegExp;
  /** Whether a value where there was none says more, and not something else. */
  readonly grows?: true;
}

const telling: readonly Telling[] = [
  { path: /(^|\.)(full)?name(space)?Override$/ },
  { path: /(^|\.)(persistence|persistentVolume)\.(subPath|mountPath|volumeName)$/ },
  { chart: 'victoria-metrics-single', path: /^server\.mode$/ },
  { chart: 'loki', path: /^(deploymentMode$|loki\.(storage|storage_config)\.)/ },
  { chart: 'loki', path: /^loki\.schemaConfig\./, grows: true },
];

function* valuesMove(scene: Scene): Generator<Danger> {
  for (const change of scene.changing.filter(({ after }) => isOf(after, 'Application.argoproj.io'))) {
    const { before, after, owner } = change;
    const [was, is] = [before, after].map((application) => valuesOf(application) ?? {});
    for (const field of fieldChanges(was, is)) {
      const path = dotted(field.path);
      // Many a chart stores by default: where nothing was said of it before, a volume may go.
      const isOff = !isOurs(change) && field.before === undefined && field.after === false && /(^|\.)(persistence|persistentVolume)\.enabled$/.test(path);
      const isTold = telling.some(({ chart, path: fits, grows }) =>
        fits.test(path) && (chart === undefined || chart === fieldOf(after, 'spec.source.chart')) && !(grows && field.before === undefined));
      if (!isOff && !isTold) continue;
      const [from, to] = [field.before, field.after].map((value) => (isMap(value) ? 'another' : written(value))) as [string, string];
      yield {
        object: objectName(after),
        at: path,
        to,
        owner,
        option: owner.kind === 'homeserver' && isOurs(change) ? ['values', ...path.split('.')] : optionOf(scene, owner, after),
        loses: `${path} would be ${to} instead of ${from}: what the chart makes is called otherwise or stores elsewhere, and begins anew, empty; what is stored is pruned or stays behind`,
        steps: [
          `leave ${path} at ${from}`,
          `if it must be ${to}: stop what runs, save what it stores, say that it is meant, and ${push}`,
          'restore that in the new place before anything starts there',
        ],
      };
    }
  }
}

export const valueRules: readonly GuardRule[] = [{
  id: 'values-move',
  what: 'A chart goes on calling its objects the same, and storing in the same place and in the same way.',
  why: 'Volumes are found by the names of objects; what is stored by one mode, path or schema is not found by another.',
  check: valuesMove,
}];
