import { describe, expect, it } from 'vitest';
import { findingsJson, findingsText } from '../../lib/cli/report';
import type { Finding } from '../../lib/finding';

const finding = (own: Partial<Finding>): Finding => ({ rule: 'some-rule', severity: 'error', file: 'main.ts', path: 'a.b', message: 'is wrong', fix: 'mend it', ...own });

describe('findings as text', () => {
  it('say where, what, and what to do', () => {
    expect(findingsText([finding({})])).toBe('error    main.ts: a.b: is wrong\n         mend it [some-rule]\n');
  });

  it('say how to do it safely, one numbered step a line, where that takes several', () => {
    expect(findingsText([finding({ steps: ['save it', 'delete it'] })])).toBe('error    main.ts: a.b: is wrong\n         mend it [some-rule]\n         1. save it\n         2. delete it\n');
  });

  it('stand in the order of files and paths, and name a file as a whole without a path', () => {
    const text = findingsText([finding({ file: 'z.ts' }), finding({ file: 'a.ts', path: '', severity: 'warning' })]);
    expect(text.split('\n').filter((line) => !line.startsWith(' '))).toEqual(['warning  a.ts: is wrong', 'error    z.ts: a.b: is wrong', '']);
  });

  it('are nothing where there are none', () => {
    expect(findingsText([])).toBe('');
  });
});

it('findings as data keep every field', () => {
  const one = finding({ steps: ['save it', 'delete it'] });
  expect(JSON.parse(findingsJson([one]))).toEqual({ findings: [one] });
});
