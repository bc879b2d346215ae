import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionReference } from '../../lib/options/reference';
import schema from '../../lib/options/schema.json';

const reference = optionReference(schema);

it('docs/options.md is what the option types give: npm run options', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'options.md'), 'utf8')).toBe(reference);
});

describe('the reference', () => {
  it('says of every option what it means', () => {
    const rows = reference.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(80);
    const silent = rows.filter((row) => row.endsWith('|  |'));
    expect(silent).toEqual([]);
  });

  it('tells defaults from what must be given', () => {
    expect(reference).toMatch(/^\| `serverName` \| string \| \*\*Required\*\* \|/m);
    expect(reference).toMatch(/^\| `synapse\.media\.size` \| string \| `10Gi` \|/m);
    expect(reference).toMatch(/^\| `mas\.host` \| string \| account\.<serverName> \|/m);
  });
});
