import Ajv from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { synthesise } from '../lib/cli/synthesis';
import { verbs } from '../lib/cli/verbs';
import { fleetType, homeserverType, type OptionType } from '../lib/options';
import { findOption } from '../lib/options/lookup';
import type { Tree } from '../lib/output/tree';
import { rulebook } from '../lib/rulebook';
import { fixture, root } from './cli/fleet-folder';

const text = readFileSync(join(root, 'docs', 'seeds.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** The rows of every table, by the heading above it. */
const tables = new Map(text.split(/^## /m).slice(1).map((section) => {
  const rows = section.split('\n').filter((line) => line.startsWith('|')).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
  return [section.split('\n')[0]!, rows.slice(2)];
}));
const rows = [...tables.values()].flat();
const inBackTicks = (words: string) => [...words.matchAll(/`([^`]+)`/g)].map(([, span]) => span!);

/** `path` or `path: value`, the value as it stands in a source. */
function isOption(span: string): boolean {
  const [, path, value] = /^([A-Za-z][-\w.[\]]*)(?:: (.+))?$/.exec(span) ?? [];
  if (path === undefined) return false;
  const steps = path.replaceAll('[]', '.0').split('.').map((step) => (step === '0' ? 0 : step));
  return [homeserverType, fleetType].some((type) => takes(type, steps, value));
}

function takes(type: OptionType, steps: readonly (string | number)[], value: string | undefined): boolean {
  const found = findOption(type, steps);
  if (found === undefined) return false;
  const { $defs } = type.schema as { $defs: object };
  return value === undefined || new Ajv({ strict: false }).validate({ ...found.schema, $defs }, parse(value));
}

/** A verb, with words and options that it takes, or a script that is none. */
function isCommand(span: string): boolean {
  const [, name, rest = ''] = /^(?:npm run|node bin\/matrix-fleet\.js) (\S+)(?: (?:-- )?(.+))?$/.exec(span) ?? [];
  const verb = verbs.find((one) => one.name === name);
  if (verb === undefined) return name !== undefined && name in scripts && rest === '';
  const options = Object.fromEntries(Object.entries(verb.options).map(([option, { short, value }]) =>
    [option, { type: value === undefined ? 'boolean' : 'string', ...short !== undefined && { short } } as const]));
  const { positionals } = parseArgs({ args: rest.split(' ').filter((word) => word !== ''), options, allowPositionals: true });
  return positionals.length <= verb.arguments.length;
}

let tree: Tree;
beforeAll(async () => {
  ({ tree } = await synthesise(fixture, root));
});

/** A file or a folder: one of the project, or one that the tests' fleet has in its `dist/`. */
const isFile = (span: string) => (span.startsWith('dist/')
  ? [...tree.keys()].some((path) => `dist/${path}/`.startsWith(`${span}/`))
  : /^[.\w][-.\w/]*$/.test(span) && existsSync(join(root, span)));

/** What looks like a name of this program's, among those of charts and other programs. */
const ours = /^(npm run |node bin\/|(platform|cluster)\.|(dist|docs|examples|instances|lib)\/|[a-z]+(-[a-z]+)+$)/;

describe('what the five systems had', () => {
  it('is said of each of them, line by line', () => {
    expect([...tables.keys()]).toHaveLength(5);
    for (const [system, lines] of tables) expect(lines.length, system).toBeGreaterThan(5);
    for (const row of rows) {
      expect(row, row.join('|')).toHaveLength(3);
      expect(row[0], row.join('|')).not.toBe('');
      expect(row[1], row.join('|')).not.toBe('');
    }
    expect(new Set(rows.map(([words]) => words)).size).toBe(rows.length);
  });

  it.each(rows)('%s: %s', (_, now, corrected) => {
    for (const span of [...inBackTicks(now!), ...inBackTicks(corrected!).filter((one) => ours.test(one))]) {
      expect([isOption, isCommand, isFile, (one: string) => rulebook.has(one)].some((is) => is(span)), span).toBe(true);
    }
  });

  it('names an option, a verb, a rule or a file in every line', () => {
    expect(rows.filter(([, now]) => !/`|\]\(/.test(now!))).toEqual([]);
  });

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(join(root, 'docs', link)))).toEqual([]);
  });

  it('gives nothing up without a reason', () => {
    expect(text).not.toMatch(/not supported|unsupported|to be done|TODO|not yet/i);
  });
});
