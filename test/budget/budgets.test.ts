import { describe, expect, it } from 'vitest';
import { assess, growing } from '../../lib/budget/budgets';
import { most, reportOf } from '../../lib/budget/report';
import { checkBudgets } from '../../lib/budget/rules';
import { reportText } from '../../lib/budget/table';
import { synthesiseSources } from '../../lib/cli/synthesis';
import { merge } from '../../lib/merge';
import { homeserver, main } from '../fixtures/fixture';

/** A fleet of so many homeservers on its cluster. */
function fleetOf(count: number, own: Record<string, unknown> = {}) {
  const { assessment, findings } = synthesiseSources({
    main: { file: 'main.ts', value: merge(main, own) },
    instances: Array.from({ length: count }, (_, n) => ({ file: `instances/h${n}.ts`, value: homeserver(`h${n}`, 30011 + 2 * n) })),
    findings: [],
  });
  if (assessment === undefined) throw new Error(JSON.stringify(findings));
  return assessment;
}
const budget = (assessment: ReturnType<typeof assess>, wanted: string) => assessment.budgets.find(({ name }) => name === wanted)!;
const rowOf = (assessment: ReturnType<typeof assess>, wanted: string) => reportOf(assessment).budgets.find((row) => row.budget === wanted)!;

describe('a budget', () => {
  it('after one more homeserver is what another file would make of it', () => {
    const [after] = growing(fleetOf(2), 1);
    const real = fleetOf(3);
    for (const name of ['connections', 'databaseStorage', 'nodePorts', 'volumes', 'cpu', 'memory', 'memoryLimits'] as const) {
      expect(after!.find((one) => one.name === name)!.used, name).toBe(budget(real, name).used);
    }
  });

  it('has room for as many homeservers as it says, and for no more', () => {
    const { room } = rowOf(fleetOf(1), 'connections');
    expect([budget(fleetOf(1 + room), 'connections').level, budget(fleetOf(2 + room), 'connections').level]).toEqual(['warning', 'refused']);
  });

  it('is refused above its level and not at it, each level the user\'s for itself', () => {
    const connections = (maxConnections: number, levels = {}) => budget(fleetOf(1, { platform: { postgres: { maxConnections } }, budgets: { connections: levels } }), 'connections').level;
    expect([connections(45), connections(44), connections(45, { refuse: 90 }), connections(45, { warn: 100 })]).toEqual(['warning', 'refused', 'refused', 'fine']);
  });

  it('counts a setting of the user\'s own over max_connections', () => {
    expect(budget(fleetOf(1, { platform: { postgres: { parameters: { max_connections: '50' } } } }), 'connections').of).toBe(50);
  });

  it('has no end where nothing limits it', () => {
    const own = { cluster: { provider: 'k3s', nodes: [{ count: 3, cpu: '4', memory: '16Gi' }] } };
    expect(rowOf(fleetOf(1, own), 'volumes')).toMatchObject({ of: null, free: null, share: 0, level: 'fine', room: most });
    expect(reportText(reportOf(fleetOf(1, own)))).toContain('no limit');
  });
});

describe('what is refused', () => {
  const refusals = (assessment: ReturnType<typeof assess>) => checkBudgets(assessment).filter(({ severity }) => severity === 'error');

  it('says what ends the refusal, and what ends the warning that it leaves', () => {
    const own = (count: number) => ({ cluster: { nodes: [{ count, cpu: '2', memory: '6Gi' }] } });
    const finding = refusals(fleetOf(20, own(2))).find(({ rule }) => rule === 'cpu-exhausted')!;
    const [, still, well] = /nodes\[0\]\.count: (\d+) ends the refusal, nodes\[0\]\.count: (\d+) the warning, too/.exec(finding.fix)!.map(Number);
    expect([still! - 1, still!, well! - 1, well!].map((count) => budget(fleetOf(20, own(count)), 'cpu').level)).toEqual(['refused', 'warning', 'warning', 'fine']);
  });

  it.each([
    ['nodes that have nothing', { cluster: { nodes: [{ count: 3, cpu: '1m', memory: '1Mi' }] } }],
    ['a pod that no number of nodes holds', { defaults: { synapse: { resources: { limits: { memory: '99999999999999999999Gi' } } } } }],
  ])('is to be mended by larger nodes: %s', (_, own) => {
    const fixes = refusals(fleetOf(1, own)).filter(({ path }) => path === 'cluster.nodes').map(({ fix }) => fix);
    expect(fixes).not.toEqual([]);
    for (const fix of fixes) expect(fix).toMatch(/^make the nodes larger/);
  });

  it('leaves room for more homeservers where something is to be raised', () => {
    const finding = refusals(fleetOf(2, { platform: { postgres: { maxConnections: 45 } } })).find(({ rule }) => rule === 'connections-exhausted')!;
    const [, still, well] = /maxConnections: (\d+) ends the refusal, maxConnections: (\d+) the warning, too, with 4 more homeservers/.exec(finding.fix)!.map(Number);
    const levels = (count: number) => [still!, well!].map((maxConnections) => budget(fleetOf(count, { platform: { postgres: { maxConnections } } }), 'connections').level);
    expect([levels(6), levels(7)[0]]).toEqual([['warning', 'fine'], 'refused']);
  });

  it('stands at the option of one homeserver that takes half of a node by itself', () => {
    const large = { ...homeserver('large', 30011), synapse: { resources: { requests: { memory: '15Gi' }, limits: { memory: '15Gi' } } } };
    const { assessment } = synthesiseSources({ main: { file: 'main.ts', value: main }, instances: [{ file: 'instances/large.ts', value: large }], findings: [] });
    expect(refusals(assessment!)).toEqual([expect.objectContaining({ rule: 'memory-exhausted', file: 'instances/large.ts', path: 'synapse.resources', fix: expect.stringContaining('ask for less: on ') })]);
  });
});

describe('the report', () => {
  const report = reportOf(fleetOf(4, { cluster: { nodes: [{ count: 3, cpu: '2', memory: '6Gi' }] } }));

  it('has nodes that add up to the budgets', () => {
    for (const name of ['cpu', 'memory', 'memoryLimits', 'volumes'] as const) {
      expect(report.nodes.reduce((all, node) => all + node[name].used, 0)).toBe(report.budgets.find((row) => row.budget === name)!.used);
    }
  });

  it('lists who takes most memory first', () => {
    expect(report.consumers[0]).toMatchObject({ owner: 'cnpg', name: 'shared-pg', copies: 3, volumes: 6 });
    expect(report.consumers.map(({ memory }) => memory)).toEqual(report.consumers.map(({ memory }) => memory).sort((a, b) => b - a));
  });

  it('reads as a table: each budget and each node on a line', () => {
    const lines = reportText(report).split('\n');
    expect(lines.find((line) => line.startsWith('PostgreSQL connections'))).toMatch(/^PostgreSQL connections +135 +200 +65 +68 % +83 % +2$/);
    expect(lines.filter((line) => /^node \d /.test(line))).toHaveLength(3);
  });

  it('of many nodes shows the fullest', () => {
    expect(reportText(reportOf(fleetOf(1, { cluster: { nodes: [{ count: 30, cpu: '4', memory: '16Gi' }] } })))).toContain('the fullest 20 of 30 nodes\n');
  });
});
