import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { budgetRules } from '../../lib/budget/rules';
import { fleetRules, optionRules, unitRules } from '../../lib/checks/rules';
import type { Fixture } from '../fixtures/fixture';
import { nearMisses } from '../fixtures/near-misses';
import { inLine, judge } from './judge';

const rules = [...optionRules, ...fleetRules, ...unitRules, ...budgetRules];
const fixtures = join(__dirname, '..', 'fixtures');
const namesIn = (folder: string) => readdirSync(join(fixtures, folder)).map((file) => file.replace(/\.ts$/, ''));
const read = async (folder: string, name: string): Promise<Fixture> => ((await import(join(fixtures, folder, `${name}.ts`))) as { default: Fixture }).default;

describe('the rules', () => {
  it('have a name each', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('have a fixture each that breaks them', () => {
    expect(namesIn('invalid').sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('have a fleet each that only just passes', () => {
    expect(Object.keys(nearMisses).sort()).toEqual(rules.map(({ id }) => id).sort());
  });
});

describe('a broken rule', () => {
  it.each(namesIn('invalid'))('%s', async (name) => {
    const fixture = await read('invalid', name);
    // A warning of another rule may come along.
    const found = judge(fixture).filter(({ rule, severity }) => rule === name || severity === 'error');
    expect(found.map(inLine)).toEqual(fixture.findings);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set([name]));
  });
});

describe('a fleet that only just passes', () => {
  it.each(Object.entries(nearMisses))('%s', (name, fleet) => {
    const found = judge(fleet).filter(({ rule, severity }) => rule === name || severity === 'error');
    expect(found.map(inLine)).toEqual([]);
  });
});

describe('a fleet in which nothing is wrong', () => {
  it.each(namesIn('valid'))('%s', async (name) => {
    const fixture = await read('valid', name);
    const found = judge(fixture);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(found.map(inLine)).toEqual(fixture.findings);
  });
});
