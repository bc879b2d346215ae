import { align } from '../diff/align';

/** Lines that are the same, before and after one that is not. */
const CONTEXT = 2;

/** More are not read by anybody. */
const LONGEST = 60;

/** The lines of two texts that differ, with `-` and `+` before them, and some around them with a blank; `…` where others are left out. */
export function lineDiff(before: string, after: string): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const all = align(old, now).map(({ before: i, after: j }) => (i === undefined ? `+ ${now[j!]}` : j === undefined ? `- ${old[i]}` : `  ${old[i]}`));
  const changed = all.flatMap((line, index) => (line.startsWith(' ') ? [] : [index]));
  // Both texts have the same lines where only the last line feed differs.
  if (changed.length === 0) return ['…', `${before.endsWith('\n') ? '-' : '+'} (a line feed at the end)`];
  const kept = new Set(changed.flatMap((index) => Array.from({ length: 2 * CONTEXT + 1 }, (_, offset) => index - CONTEXT + offset)));
  const shown = all.flatMap((line, index) => (kept.has(index) ? [line] : kept.has(index - 1) || index === 0 ? ['…'] : []));
  return shown.length > LONGEST ? [...shown.slice(0, LONGEST), `… ${shown.length - LONGEST} more lines`] : shown;
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
