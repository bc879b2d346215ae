import { describe, expect, it } from 'vitest';
import { listAt } from '../../lib/checks/path';
import { namesOf } from '../../lib/homeserver/names';
import { metrics } from '../../lib/platform/metrics';
import { objectsOf, platform } from './example';

const known = new Set<string>(Object.values(metrics).flat());

const words = new Set(['and', 'or', 'unless', 'sum', 'max', 'count']);

/** The metrics of an expression: names that are neither functions nor labels nor words of PromQL. */
function metricsOf(expr: string): readonly string[] {
  const bare = expr.replace(/\{[^}]*\}/g, '').replace(/\[[^\]]*\]/g, '').replace(/\b(by|on) \([^)]*\)/g, '').replace(/offset \w+/g, '');
  return [...bare.matchAll(/\b[a-z]\w*\b(?! *\()/g)].map(([name]) => name).filter((name) => !words.has(name));
}

/** The labels that an expression keeps when it adds up series; nothing if it does not. */
function labelsOf(expr: string): readonly string[] | undefined {
  if (/^(absent|time|max|\(count)\b ?\(/.test(expr)) return [];
  return /^(?:max|sum|count) by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ');
}

interface Rule { readonly alert: string; readonly expr: string; readonly for: string; readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> }

function rulesOf(own: Parameters<typeof platform>[0] = {}): readonly Rule[] {
  const { all } = objectsOf(platform(own));
  return all.filter(({ kind }) => kind === 'PrometheusRule').flatMap((one) => listAt(one, ['spec', 'groups'])).flatMap((group) => listAt(group, ['rules'])) as Rule[];
}

const rules = rulesOf();
const expression = (name: string, own = {}) => rulesOf(own).find(({ alert }) => alert === name)?.expr;

describe('the alerts', () => {
  it('watch Synapse, PostgreSQL, certificates, volumes and Argo CD', () => {
    const { all } = objectsOf(platform());
    expect(all.filter(({ kind }) => kind === 'PrometheusRule').map(({ metadata }) => metadata.name)).toEqual(['synapse', 'postgres', 'built-in-postgres', 'certificates', 'volumes', 'argocd']);
  });

  it('bear a name of their own each', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it('ask for metrics that exist', () => {
    expect(rules.flatMap(({ expr }) => metricsOf(expr)).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(rules)('say what is wrong and what to do: $alert', (rule) => {
    expect(rule.annotations.summary).toMatch(/^\S.{10,140}$/);
    expect(rule.annotations.description).toMatch(/^[A-Z].{30,}\.$/);
    expect(rule.labels.severity).toMatch(/^(critical|warning)$/);
    expect(rule.for).toMatch(/^[1-9]\d*[mh]$/);
  });

  it.each(rules)('name no label that their result has lost: $alert', ({ expr, annotations }) => {
    const named = [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    expect(labelsOf(expr) ?? named).toEqual(expect.arrayContaining(named));
  });

  it('watch the volume of every claim, so that of a PostgreSQL of the chart\'s, too', () => {
    expect(rules.filter(({ alert }) => alert.startsWith('Volume')).filter(({ expr }) => expr.includes('{'))).toEqual([]);
  });

  it('know a PostgreSQL of the chart\'s by its name, and no other', () => {
    const [, pattern] = /statefulset=~"(.+?)"/.exec(expression('BuiltInPostgresDown')!)!;
    const names = ['matrix-demo-postgres', 'matrix-demo-synapse-main', 'postgres', 'shared-pg'];
    expect(names.filter((name) => new RegExp(`^(?:${pattern})$`).test(name))).toEqual([`${namesOf('demo').release}-postgres`]);
  });

  it('count the instances that there should be', () => {
    expect(expression('PostgresInstanceMissing', { postgres: { instances: 5 } })).toMatch(/ < 5$/);
  });

  it.each([['0 0 3 * * *', 36], ['0 */30 * * * *', 36], ['0 0 3 * * 0', 7 * 24 + 12], ['0 0 3 1 * *', 31 * 24 + 12], ['0 0 3 1 1,7 *', 366 * 24 + 12]])(
    'call no backup too old that the schedule %s makes in time', (schedule, hours) => {
      expect(expression('PostgresBackupTooOld', { backups: { bucket: 'b', endpoint: 'https://storage.yandexcloud.net', schedule } })).toContain(` > ${hours * 3600} or `);
    });

  it('do not ask for backups where there are none', () => {
    expect(rulesOf({ backups: false }).map(({ expr }) => expr).join()).not.toMatch(/barman|archiver/);
  });
});
