import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/finding';
import { diffMarkdown, inline, LONGEST_COMMENT, MARKER } from '../../lib/report/markdown';
import { application, configMap, viewOfFiles } from './example';

const finding = { rule: 'x', severity: 'error', file: 'instances/a.ts', path: 'b', message: 'is wrong', fix: 'mend it', steps: ['one', 'two:\nkubectl get nodes\nkubectl get pods > ~/pods'] } satisfies Finding;

it('says what to know first and folds the rest', () => {
  const view = viewOfFiles([
    ['argocd/apps/homeservers/matrix-a.yaml', application({ x: 1, y: 'a\nb\n' }), application({ x: 2, y: 'a\nc\n' }), 'outage', 'restarts Synapse of a'],
    ['manifests/postgres/x.yaml', undefined, configMap({}), 'effect'],
  ]);
  expect(diffMarkdown(view, [{ ...finding, severity: 'warning', file: 'main.ts', path: 'c', steps: [] }, finding])).toBe(`${MARKER}
### 1 homeserver changes; 1 component appears; worst: outage

Compared with HEAD.


**What stands in the way**

- error instances/a.ts: b: is wrong (x)
  mend it
  1. one
  2. two:
     \`\`\`sh
     kubectl get nodes
     kubectl get pods > ~/pods
     \`\`\`

**What to know**

- **outage** (homeserver a): restarts Synapse of a

**Warnings**

- warning main.ts: c: is wrong (x)
  mend it

<details><summary>homeserver a: outage (1 object)</summary>

\\~ Application argocd/matrix-a

- outage: restarts Synapse of a

\`\`\`diff
- values: x: 1
+ values: x: 2
  values: y
  a
- b
+ c
\`\`\`

</details>

<details><summary>component postgres: effect (1 object)</summary>

\\+ ConfigMap n/x

- effect: means effect

</details>

`);
});

it('says so where there is nothing to compare, and where nothing changes', () => {
  expect(diffMarkdown(undefined, [finding])).toContain('### The sources have errors');
  expect(diffMarkdown(viewOfFiles([]), [])).toContain('### nothing changes\n');
});

describe('whatever somebody wrote', () => {
  const nasty = 'a ```` b </details> <img src=x> | **x** [l](http://x) @all #1 `c` $x$ &amp;\n- d\n# e\n````\n</details>';

  it('stays text', () => {
    for (const mark of ['<', '>', '@', '#1', '\n']) expect(inline(nasty)).not.toContain(mark);
    expect(inline(nasty)).not.toMatch(/(?<!\\)[`*[\]|$~]/);
    expect(inline('- a')).toBe('\\- a');
    expect(inline('1. a')).toBe('1\\. a');
    expect(inline('a&b')).toBe('a&#38;b');
  });

  it('ends no fence, no fold and no line', () => {
    const view = viewOfFiles([['manifests/matrix-a-base/x.yaml', configMap({ x: 'a\nb' }), configMap({ x: nasty, [nasty]: nasty }, 'x'), 'loss', nasty]]);
    const text = diffMarkdown(view, [{ ...finding, message: nasty, file: nasty, path: nasty, fix: nasty, steps: [nasty] }]);
    // What a step has below its first line is a block of commands, whose every line stands as far in as the step.
    const outside = text.replace(/^( *)(`{3,})(?:diff|sh)\n[\s\S]*?\n\1\2$/gm, '');
    expect(text).toMatch(/^ {5}`{5}sh\n {5}- d\n {5}# e\n {5}````\n {5}<\/details>\n {5}`{5}$/m);
    expect(text.match(/^`{5,}/gm)).toHaveLength(2);
    expect(outside.match(/<[^>]*>/g)).toEqual([MARKER, '<details>', '<summary>', '</summary>', '</details>']);
    expect(outside).not.toMatch(/(?<!\\)`/);
  });
});

it('is cut where it is too long for a comment, and says how much', () => {
  const view = viewOfFiles(Array.from({ length: 2000 }, (_, n) => [`manifests/matrix-a-${n}x-base/x.yaml`, configMap({ x: -1 }, `x-${n * 3}`), configMap({ x: n }, `x-${n * 3}`), 'outage'] as const));
  const text = diffMarkdown(view, []);
  expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
  expect(text.length).toBeGreaterThan(LONGEST_COMMENT - 1000);
  expect(text).toMatch(/\nCut: \d+ more parts are too long for a comment\. /);
  expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
});
