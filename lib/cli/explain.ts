import { type Path, valueAt } from '../checks/path';
import { didYouMean, nearest } from '../checks/suggest';
import { placeOf, type Traced, type TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import type { Dependents, Effect } from './effect';
import { exit } from './exit';
import { fleetFolder } from './io';
import { explaining, model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { columns } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** What an option means, and what becomes of it. */
export const explain = verb({
  name: 'explain',
  summary: 'what an option means, where its value comes from, and what it turns into',
  description: `Says what an option of an instance file or of main.ts means, its type and default, which value it has and where that comes
from. What it turns into is found by building with another value and comparing: the objects of dist/ and their fields that would be other.`,
  arguments: [{ name: 'PATH', description: 'an option, e.g. rtc.tcp, synapse.media.size, platform.postgres or cluster.nodes[0].memory' }],
  options: {
    of: { value: 'HOMESERVER', description: 'whose option; without it, the value that each homeserver has' },
    fleet: fleetOption,
    output: outputOption(['text', 'json'], 'the explanation'),
  },
  examples: ['npm run explain -- synapse.media.size', 'npm run explain -- rtc.tcp --of t0rt1k', 'npm run explain -- platform.postgres.size'],
  async run({ words: [text], options: { of, fleet: folder, output = 'text' } }, io) {
    const { locate, turnsInto } = await explaining();
    const path = parsePath(text!);
    const { option, ofMain } = found(locate(path), text!);
    if (ofMain && of !== undefined) throw new UsageError(`${text} is an option of main.ts, and no homeserver's`, 'leave out --of');

    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const homeserver = fleet && of !== undefined ? named(fleet, of) : undefined;
    const whose = fleet === undefined ? [] : homeserver ? [homeserver] : ofMain ? [fleet.platform] : fleet.homeservers;
    const values = whose.map((one) => valueOf(one, path, option.default, ofMain));
    const buildable = fleet !== undefined && findings.length === 0 && (ofMain || homeserver !== undefined);
    const into = buildable ? turnsInto(fleet, homeserver, path) : undefined;
    if (output === 'json') io.out(findingsJson(findings, { path: text, ...option, values, ...into && { turnsInto: into } }));
    else {
      io.err(findingsText(findings));
      const fields: [string, string][] = [['type', option.type], ['default', option.default ?? 'none: it is required'], ...option.members.length > 0 ? [['holds', option.members.join(', ')] as [string, string]] : []];
      io.out(`${text}\n${option.description ? `  ${option.description.replaceAll('\n', '\n  ')}\n` : ''}\n${columns(fields, '  ')}\n`);
      io.out(columns(values.map(({ of: name, value, from }) => [name, shown(value), from]), '  '));
      io.out(into ? effectText(into) : whose.length > 0 && !ofMain && !homeserver ? '\n  --of HOMESERVER says what it turns into\n' : '');
    }
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});

/** `cluster.nodes[0].memory` as steps; `nodes[]` means the first. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[(\d*)\]|\["([^"]*)"\]|[^.[\]]+/g)].map(([whole, index, key]) => (index === undefined ? key ?? whole : Number(index)));
}

/** @throws UsageError for a path that is no option's */
function found<Located extends { readonly option: unknown }>(located: Located | { readonly known: readonly string[] }, text: string): Located {
  if ('option' in located) return located;
  const { known } = located;
  const inside = known.filter((path) => path.endsWith(`.${text}`)).slice(0, 5);
  const parent = text.includes('.') ? text.slice(0, text.lastIndexOf('.')) : '';
  const siblings = known.filter((path) => path.startsWith(parent === '' ? '' : `${parent}.`) && !path.slice(parent.length + 1).includes('.'));
  const near = nearest(text, known);
  throw new UsageError(`there is no option ${text}`, near === undefined && inside.length > 0
    ? `did you mean ${inside.join(', ')}?`
    : (near === undefined ? undefined : `did you mean ${near}?`) ?? didYouMean(text, siblings) ?? 'docs/options.md lists every option');
}

/** @throws UsageError for a name that no homeserver has */
function named({ homeservers }: TracedFleet, name: string): Traced<Homeserver> {
  const homeserver = homeservers.find((one) => one.model.name === name);
  if (homeserver) return homeserver;
  const names = homeservers.map((one) => one.model.name);
  throw new UsageError(`there is no homeserver ${name}`, didYouMean(name, names) ?? 'npm run list shows them');
}

/** The value of an option, and where it comes from. */
interface Value {
  readonly of: string;
  readonly value: unknown;
  readonly from: string;
}

function valueOf({ model: resolved, words }: Traced<Homeserver> | TracedFleet['platform'], path: Path, fallback: string | undefined, ofMain: boolean): Value {
  // A homeserver's last words are main.ts itself, whose options are others.
  const own = ofMain ? words : words.slice(0, -1);
  const place = placeOf(own, path);
  const value = place === undefined ? undefined : own.map(({ options }) => valueAt(options, path)).find((said) => said !== undefined);
  const modelled = valueAt(view(resolved), path);
  const filledIn = typeof modelled === 'object' || modelled === Number.MAX_SAFE_INTEGER ? undefined : modelled;
  const isDefault = fallback !== undefined && (fallback !== 'none' || filledIn !== undefined);
  return {
    of: 'serverName' in resolved ? resolved.name : 'main.ts',
    value: value ?? filledIn,
    from: place ? `${place.file}${place.path ? `: ${place.path}` : ''}` : isDefault ? `default: ${fallback}` : 'not given',
  };
}

/** The model as its options are laid out. */
function view(resolved: object): unknown {
  if (!('synapse' in resolved)) return { platform: resolved, ...'cluster' in resolved && { cluster: resolved.cluster } };
  const { synapse } = resolved as Homeserver;
  return { ...resolved, synapse: { ...synapse, workers: Object.fromEntries(synapse.workers.map((worker) => [worker.type, worker])) }, issuer: undefined };
}

/** Objects, and fields of one, that are shown; JSON has all. */
const most = 20;

function effectText({ probe, effects }: Dependents): string {
  if (effects.length === 0) return '\n  turns into nothing here: no byte of dist/ depends on it as this fleet is; checks may\n';
  const lines = effects.slice(0, most).map(({ file, object, what, fields }: Effect) =>
    `    ${object ?? file}\n${object === undefined ? '' : `      ${what === 'changes' ? limited(fields) : `${what} as a whole`}\n`}`);
  const rest = effects.length - lines.length;
  return `\n  turns into${probe === undefined ? '' : ` (what would be other if it were ${shown(probe)})`}\n${lines.join('')}${rest > 0 ? `    and ${rest} more: -o json\n` : ''}`;
}

function limited(fields: readonly string[]): string {
  const rest = fields.length - most;
  return [...fields.slice(0, most), ...rest > 0 ? [`and ${rest} more`] : []].join('\n      ');
}

function shown(value: unknown): string {
  if (value === undefined) return '-';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
