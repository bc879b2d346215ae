import type { Level } from '../diff/meaning';
import { type Alike, alike, namesText } from './alike';
import type { ChangeView, FieldView, View } from './view';

/** Escape sequences of a terminal (ECMA-48): red for what is lost, yellow for what is interrupted, and so on. */
const colours: Readonly<Record<Level | 'bold' | '+' | '-', number>> = { loss: 31, refused: 31, outage: 33, action: 36, effect: 32, none: 2, bold: 1, '+': 32, '-': 31 };

/** A difference for a terminal, the summary first. */
export function diffText(view: View, isColoured: boolean): string {
  const paint: Paint = (text, colour) => (isColoured ? `\x1b[${colours[colour]}m${text}\x1b[0m` : text);
  const summary = `${paint(view.summary, 'bold')} (compared with ${clean(view.baseline)})\n`;
  return summary + alike(view.owners).map((group) => `\n${ownerText(group, paint)}`).join('');
}

type Paint = (text: string, colour: keyof typeof colours) => string;

function ownerText({ shown: { kind, name, worst, losses, changes }, others }: Alike, paint: Paint): string {
  const same = others.length > 0 ? `, and the same for ${clean(namesText(others))}` : '';
  const head = `${paint(`${kind} ${clean(name)}`, 'bold')}: ${paint(worst, worst)}${same}\n`;
  return head + losses.map((loss) => `  ${paint('loss', 'loss')}     ${clean(loss)}\n`).join('') + changes.map((change) => changeText(change, paint)).join('');
}

function changeText({ object, what, meanings, fields }: ChangeView, paint: Paint): string {
  const sign = signs[what];
  const head = `  ${sign === '~' ? sign : paint(sign, sign)} ${clean(object)}\n`;
  const said = meanings.map(({ level, text }) => `      ${paint(level, level)}${' '.repeat(9 - level.length)}${clean(text)}\n`).join('');
  return head + said + fields.map((field) => fieldText(field, paint)).join('');
}

/** How it is shown that an object appears, goes or changes. */
export const signs = { appears: '+', goes: '-', changes: '~' } as const;

function fieldText(view: FieldView, paint: Paint): string {
  const { field, lines } = view;
  const name = field === '' ? '' : `      ${clean(field)}`;
  if (lines) {
    const painted = lines.map((line) => `        ${line.startsWith('+') || line.startsWith('-') ? paint(clean(line), line[0] as '+' | '-') : clean(line)}\n`);
    return `${name && `${name}\n`}${painted.join('')}`;
  }
  return `${name}  ${valueChange(view)}\n`;
}

/** `1Gi → 2Gi`, `+ 1Gi`, `- 1Gi` */
function valueChange(field: FieldView): string {
  const { before, after } = valueTexts(field);
  if (before === undefined) return `+ ${after}`;
  return after === undefined ? `- ${before}` : `${before} → ${after}`;
}

/** More of a value is not shown on one line. */
const LONGEST = 160;

/** How much of what is the same is shown before what is not. */
const CONTEXT = 40;

/** Both values on a line each. Of longer ones, what is shown begins shortly before they differ. */
export function valueTexts({ before, after }: FieldView): { readonly before?: string; readonly after?: string } {
  const [old, now] = [before, after].map((value) => (value === undefined ? undefined : valueText(value)));
  let same = 0;
  if (old !== undefined && now !== undefined) while (same < old.length && old[same] === now[same]) same++;
  const start = same > LONGEST - CONTEXT ? same - CONTEXT : 0;
  const cut = (text: string) => (text.length <= LONGEST ? text : `${start > 0 ? '…' : ''}${text.slice(start, start + LONGEST)}${text.length > start + LONGEST ? '…' : ''} (${text.length} characters)`);
  return { ...old !== undefined && { before: cut(old) }, ...now !== undefined && { after: cut(now) } };
}

/** Text as it is where that is plain, else as JSON. */
function valueText(value: unknown): string {
  return clean(typeof value === 'string' && /^\S(?:.*\S)?$/.test(value) && clean(value) === value ? value : JSON.stringify(value));
}

/** What a terminal would take for an instruction, and a reader could not see, is spelt out. */
export function clean(text: string): string {
  return text.replace(/[^\P{Cc}\t]|\p{Cf}|[\u2028\u2029]/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}
