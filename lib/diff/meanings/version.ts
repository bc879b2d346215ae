import { compareVersions } from '../../homeserver/chart-version';
import { valueAt } from '../../checks/path';
import { essNotes, platformNotes } from '../releases';
import type { Says, Spot } from './row';

/** Three numbers of a version, with or without a `v` before them. */
function threeNumbers(version: unknown): string | undefined {
  return /^v?(\d+\.\d+\.\d+)$/.exec(String(version))?.[1];
}

/** What another version of an Application's chart means. */
export function versionSayings({ change, before, after }: Spot): readonly Says<Spot>[] {
  const chart = String(valueAt(change.after, ['spec', 'source', 'chart']));
  const [from, to] = [threeNumbers(before), threeNumbers(after)];
  if (from === undefined || to === undefined) return [['outage', '{owner}: the chart is fetched at {after} instead of {before}; what it runs may restart']];
  if (compareVersions(to, from) < 0) {
    return [['loss', `{owner}: goes back from ${chart} {before} to {after}; what the newer version has changed in databases and volumes, the older one may not read`]];
  }
  const values = valueAt(change.after, ['spec', 'source', 'helm', 'valuesObject']);
  const isEss = chart === 'matrix-stack';
  const notes = isEss ? essNotes(from, to, values) : platformNotes(chart, from, to);
  return [['outage', `{owner}: ${chart} {before} → {after}; what it runs restarts${isEss ? ', and there is no way back but a dump of its databases from before' : ''}`], ...notes.map(({ level, text }): Says<Spot> => [level, text])];
}
