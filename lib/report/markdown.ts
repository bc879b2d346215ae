import type { Finding } from '../finding';
import { type Alike, alike, namesText } from './alike';
import { clean, signs, valueTexts } from './text';
import type { ChangeView, FieldView, View } from './view';

/** What a comment may hold, in characters. */
export const LONGEST_COMMENT = 65_536;

/** By which a workflow finds the comment that it wrote before. */
export const MARKER = '<!-- matrix-fleet diff -->';

/** Left for the sentence that says what was left out. */
const RESERVE = 300;

/**
 * A difference for a pull request: the summary, what stands in the way and what is to be done first, then what is no news but a warning, the
 * details folded. Of what does not fit, it says how much it is.
 */
export function diffMarkdown(view: View | undefined, findings: readonly Finding[]): string {
  const groups = alike(view?.owners ?? []);
  const heading = view ? `### ${inline(view.summary)}` : '### The sources have errors: there is nothing to compare';
  const found = (title: string, severity: Finding['severity']) => {
    const some = findings.filter((finding) => finding.severity === severity);
    return some.length > 0 ? [`\n**${title}**\n`, ...some.map(findingMarkdown)] : [];
  };
  const blocks = [
    ...found('What stands in the way', 'error'),
    ...groups.some((group) => headlines(group).length > 0) ? ['\n**What to know**\n', ...groups.flatMap(headlines)] : [],
    ...found('Warnings', 'warning'),
    '',
    ...groups.map(ownerMarkdown),
  ];
  let text = `${MARKER}\n${heading}\n\n${view ? `Compared with ${inline(view.baseline)}.\n\n` : ''}`;
  let left = 0;
  for (const block of blocks) {
    if (text.length + block.length + 1 > LONGEST_COMMENT - RESERVE) left++;
    else text += `${block}\n`;
  }
  return left === 0 ? text : `${text}\nCut: ${left} more ${left === 1 ? 'part is' : 'parts are'} too long for a comment. \`npm run diff\` shows all of it.\n`;
}

function findingMarkdown({ severity, file, path, message, fix, rule, steps = [] }: Finding): string {
  const place = inline(`${file}${path && `: ${path}`}`);
  return [`- ${severity} ${place}: ${inline(message)} (${inline(rule)})`, `  ${inline(fix)}`, ...steps.map(stepMarkdown)].join('\n');
}

/** What to do as text, and the commands below it as a block to copy from, one a line. */
function stepMarkdown(step: string, index: number): string {
  const [text = '', ...commands] = step.split('\n');
  const number = `  ${index + 1}. `;
  const block = commands.length === 0 ? '' : `\n${fenced(commands.map(clean).join('\n'), 'sh')}`;
  return `${number}${inline(text)}${block.replaceAll('\n', `\n${' '.repeat(number.length)}`)}`;
}

/** What somebody has to know or do, without the details. */
function headlines({ shown: { kind, name, losses, changes }, others }: Alike): readonly string[] {
  const said = changes.flatMap(({ meanings }) => meanings).filter(({ level }) => level !== 'effect' && level !== 'none').map(({ level, text }) => ({ level, text }));
  const all = [...losses.map((text) => ({ level: 'loss', text })), ...said].map(({ level, text }) => `- **${level}** (${kind} ${inline(name)}${others.length > 0 ? ` and ${others.length} more` : ''}): ${inline(text)}`);
  return [...new Set(all)];
}

function ownerMarkdown({ shown: { kind, name, worst, changes }, others }: Alike): string {
  const count = `${changes.length} ${changes.length === 1 ? 'object' : 'objects'}`;
  return `<details><summary>${kind} ${inline(name)}: ${worst} (${count})</summary>\n\n${others.length > 0 ? `The same for ${inline(namesText(others))}.\n\n` : ''}${changes.map(changeMarkdown).join('\n')}\n</details>\n`;
}

function changeMarkdown({ object, what, meanings, fields }: ChangeView): string {
  const said = meanings.map(({ level, text }) => `- ${level}: ${inline(text)}\n`).join('');
  const details = fields.map(fieldLines).join('\n');
  return `${inline(`${signs[what]} ${object}`)}\n\n${said}${details && `\n${fenced(details, 'diff')}\n`}`;
}

/** As a `diff` block colours it: what was and what is, each with its sign at the beginning. */
function fieldLines(view: FieldView): string {
  const { field, lines } = view;
  if (lines) return [...field ? [`  ${clean(field)}`] : [], ...lines.map(clean)].join('\n');
  const { before, after } = valueTexts(view);
  const one = (sign: string, value: string | undefined) => (value === undefined ? [] : [`${sign} ${clean(field)}: ${value}`]);
  return [...one('-', before), ...one('+', after)].join('\n');
}

/** In a fence that is longer than any within. */
function fenced(text: string, language: 'diff' | 'sh'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Anybody's words as one line that is nothing but text: neither Markdown nor HTML, no mention and no reference. */
export function inline(text: string): string {
  return clean(text.replace(/[\r\n\t]+/g, ' '))
    .replace(/[&<>@#]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()!|~$]|^[-+.]|^\d+[.)]/g, (mark) => mark.replace(/[^\d]/, '\\$&'));
}
