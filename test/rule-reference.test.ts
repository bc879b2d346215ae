import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputRules } from '../lib/output/rules';
import { ruleReference } from '../lib/rule-reference';
import { families } from '../lib/rulebook';
import { sourceRules } from '../lib/source/rules';

const root = join(__dirname, '..');
const rules = families.flatMap((family) => family.rules);

/** Identifiers of findings that are made by hand in a room: `finding('x', …)` or `rule: 'x'`. */
const foundIn = (room: string) => readdirSync(join(root, 'lib', room)).flatMap((file) =>
  [...readFileSync(join(root, 'lib', room, file), 'utf8').matchAll(/(?:finding\(|rule: )'([a-z-]+)'/g)].map(([, id]) => id!));

describe('the rulebook', () => {
  it('names every rule once', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('says what must hold, why, and what to do, in sentences', () => {
    for (const { id, what, why, fix } of rules) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const sentence of [what, why, fix]) expect(sentence, id).toMatch(/^[A-Z`].*[.)?]$/);
    }
  });

  it.each([['source', sourceRules], ['output', outputRules]] as const)('has every finding of lib/%s', (room, known) => {
    expect([...new Set(foundIn(room))].sort()).toEqual(known.map(({ id }) => id).sort());
  });
});

describe('docs/rules.md', () => {
  it('is what the rules say', () => {
    expect(readFileSync(join(root, 'docs', 'rules.md'), 'utf8')).toBe(ruleReference(families));
  });
});
