import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Change } from '../lib/diff/change';
import { difference } from '../lib/diff/difference';
import { meaningsOf } from '../lib/diff/meanings';
import type { Tree } from '../lib/output/tree';

/** A file of `dist/` in which one leaf is another, or is gone. */
export interface Mutation {
  readonly path: string;
  readonly leaf: string;
  readonly before: string;
  readonly after: string;
}

type Step = string | number;

function* leavesOf(value: unknown, path: readonly Step[] = []): Generator<readonly Step[]> {
  const members: readonly (readonly [Step, unknown])[] = Array.isArray(value) ? value.map((member, index) => [index, member])
    : typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (members.length === 0) yield path;
  for (const [step, member] of members) yield* leavesOf(member, [...path, step]);
}

function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return typeof value === 'string' ? `${value}x` : 'x';
}

/** Changes one leaf in a copy of the documents; `undefined` where it is what makes an object one: it must not go. */
function changed(documents: readonly unknown[], path: readonly Step[], away: boolean): unknown[] | undefined {
  if (away && /^\d+ (apiVersion|kind|metadata name)$/.test(path.join(' '))) return undefined;
  const copy = structuredClone([...documents]);
  const parent = path.slice(0, -1).reduce((here, step) => (here as Record<Step, unknown>)[step], copy as unknown) as Record<Step, unknown>;
  const last = path.at(-1)!;
  if (!away) parent[last] = another(parent[last]);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** Every leaf of every file of a tree, one at a time: once with another value, once gone; of a text, every line. */
export function* mutations(tree: Tree): Generator<Mutation> {
  for (const [path, before] of tree) {
    if (!/\.ya?ml$/.test(path)) {
      const lines = before.split('\n');
      for (const [index, line] of lines.entries()) {
        if (line.trim() !== '' && !/^\s*#/.test(line)) yield { path, leaf: `line ${index + 1}`, before, after: lines.with(index, `${line}x`).join('\n') };
      }
      continue;
    }
    const documents = parseAllDocuments(before).map((document) => document.toJS() as unknown);
    const [header = ''] = before.split('\n');
    for (const leaf of leavesOf(documents)) {
      for (const away of [false, true]) {
        const after = changed(documents, leaf, away);
        if (after) yield { path, leaf: `${leaf.join('.')}${away ? ' away' : ''}`, before, after: `${header}\n${after.map((document) => stringify(document)).join('---\n')}` };
      }
    }
  }
}

/** Why a mutation is not told as it should be; undefined where all is well. */
export function silence({ path, before, after }: Mutation): string | undefined {
  const changes = difference([{ path, before, after }]);
  if (changes.length === 0) return 'no change at all';
  for (const change of changes) {
    const meanings = meaningsOf(change, changes);
    if (meanings.length === 0 || meanings.some(({ level }) => level === 'none')) return 'no effect';
    if (fieldsOf(change).some((field) => !meanings.some(({ fields }) => fields.includes(field)))) return 'a field that nothing explains';
    const blank = meanings.find(({ text }) => /\{\w+\}|undefined|\[object/.test(text));
    if (blank) return `words that are not filled in: ${blank.text}`;
  }
  return undefined;
}

function fieldsOf(change: Change) {
  return change.what === 'changes' ? change.fields : [];
}

/** `node bin/launch.js bench/leaves.ts`: all of the committed `dist/`, in some ten seconds. */
export function main(_: readonly string[], root: string): void {
  let count = 0;
  const dist = join(root, 'dist');
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const mutation of mutations(new Map(files.map((file) => [file.slice(dist.length + 1), readFileSync(file, 'utf8')])))) {
    count++;
    const why = silence(mutation);
    if (why === undefined) continue;
    process.stdout.write(`${mutation.path} ${mutation.leaf}: ${why}\n`);
    process.exitCode = 1;
  }
  process.stdout.write(`${count} changes of one leaf each\n`);
}
