import { describe, expect, it } from 'vitest';
import { synthesiseSources } from '../../lib/cli/synthesis';
import { hasErrors } from '../../lib/finding';
import { merge } from '../../lib/merge';
import { demo, homeserver, main } from '../fixtures/fixture';
import { inLine } from './judge';

const silenced = (...rules: string[]) => ({ silenced: rules.map((rule) => ({ rule, reason: 'tried' })) });

function synthesise(own: Record<string, unknown>, instances: Readonly<Record<string, unknown>>) {
  return synthesiseSources({ main: { file: 'main.ts', value: merge(main, own) }, instances: Object.entries(instances).map(([file, value]) => ({ file, value })), findings: [] });
}

/** Two that answer to one host. */
const sharing = { 'instances/a.ts': homeserver('a', 30011), 'instances/b.ts': homeserver('b', 30013, { elementWeb: { host: 'chat.a.example.org' } }) };
/** A request above its limit, which the API server refuses in Gitea's Deployment. */
const greedy = (cpu: string) => ({ platform: { gitea: { resources: { requests: { cpu }, limits: { cpu: '1' } } } } });

describe('a silenced rule', () => {
  it('says nothing, and its errors keep nothing from being built', () => {
    expect(synthesise({}, sharing).findings.map(({ rule }) => rule)).toEqual(['host-taken', 'host-taken']);
    const { tree, findings } = synthesise(silenced('host-taken'), sharing);
    expect(findings).toEqual([]);
    expect(tree.get('argocd/apps/homeservers/matrix-b.yaml')).toContain('chat.a.example.org');
  });

  it('silences no other rule, not even in the same place', () => {
    const { findings } = synthesise({ ...silenced('request-above-limit'), ...greedy('2000m') }, demo({}));
    expect(findings.map(({ rule }) => rule)).toEqual(['manifest-bounds']);
  });

  it('may be a warning', () => {
    const old = demo({ chartVersion: '26.6.1' });
    expect(synthesise({}, old).findings.map(({ rule }) => rule)).toContain('chart-vulnerable');
    expect(synthesise(silenced('chart-vulnerable'), old).findings.map(({ rule }) => rule)).not.toContain('chart-vulnerable');
  });

  it('speaks again where nothing can be built with what it finds', () => {
    const { findings } = synthesise({ ...silenced('request-above-limit'), ...greedy('2') }, demo({}));
    expect(findings.map(inLine)).toEqual([
      'main.ts: silenced[0].rule: what request-above-limit finds is in the way of building anything; mend main.ts: platform.gitea.resources.requests.cpu: set both: requests.cpu and limits.cpu',
    ]);
  });
});

describe('what cannot be silenced', () => {
  it.each([
    ['a slip', 'host-takn', 'main.ts: silenced[0].rule: there is no rule host-takn; did you mean host-taken?'],
    ['a word that is none', 'whatever', 'main.ts: silenced[0].rule: there is no rule whatever; write the identifier that the finding ends with; docs/rules.md has all of them'],
    ['options', 'option-missing', 'main.ts: silenced[0].rule: option-missing cannot be silenced; mend what it finds: nothing can be built of what cannot be read'],
    ['sources', 'no-default-export', 'main.ts: silenced[0].rule: no-default-export cannot be silenced; mend what it finds: nothing can be built of what cannot be read'],
    ['silences', 'silence-unused', 'main.ts: silenced[0].rule: silence-unused cannot be silenced; mend the other entries of silenced'],
    ['writing', 'disk-full', 'main.ts: silenced[0].rule: disk-full cannot be silenced; mend what it finds: dist/ cannot be written otherwise'],
  ])('%s', (_, rule, line) => {
    const { findings } = synthesise(silenced(rule), demo({}));
    expect(findings.map(inLine)).toEqual([line]);
    expect(hasErrors(findings)).toBe(true);
  });

  it('is still said', () => {
    const { findings } = synthesise(silenced('option-unknown'), demo({ colour: 'blue' }));
    expect(findings.map(({ rule }) => rule).sort()).toEqual(['option-unknown', 'silence-impossible']);
  });
});

describe('a silence without effect', () => {
  it('is a warning', () => {
    const { findings } = synthesise(silenced('host-taken'), demo({}));
    expect(findings.map(inLine)).toEqual(['main.ts: silenced[0].rule: host-taken has nothing to say in this fleet; take the entry away']);
    expect(hasErrors(findings)).toBe(false);
  });

  it('is not known for one while something else is wrong', () => {
    const { findings } = synthesise(silenced('object-twice'), demo({ colour: 'blue' }));
    expect(findings.map(({ rule }) => rule)).toEqual(['option-unknown']);
  });

  it('is an error where the rule is silenced before', () => {
    const { findings } = synthesise(silenced('host-taken', 'host-taken'), sharing);
    expect(findings.map(inLine)).toEqual(['main.ts: silenced[1].rule: host-taken is silenced by silenced[0], too; keep one of them, with both reasons']);
  });
});
