import { inWords } from './complaint';

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names that stand for numbers, the first for `from`. */
  readonly names: readonly string[];
}

/** The fields of robfig/cron 1.2, which CloudNativePG reads schedules with. */
const fields: readonly Field[] = [
  { name: 'second', from: 0, to: 59, names: [] },
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day of the month', from: 1, to: 31, names: [] },
  { name: 'month', from: 1, to: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', from: 0, to: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const descriptor = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every ([0-9]+(\.[0-9]+)?(h|m|s))+)$/;

/** Why a text is no schedule of six cron fields, seconds first. */
export function cronProblem(schedule: string): { readonly message: string; readonly fix: string } | undefined {
  if (descriptor.test(schedule)) return undefined;
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== 6) {
    const fix = parts.length === 5 ? `write 0 ${parts.join(' ')}` : 'write six, such as 0 0 3 * * * for three o\'clock each night';
    return { message: `${inWords(schedule)} has ${parts.length} fields, and six are read: seconds first`, fix };
  }
  const wrong = fields.find((field, index) => !parts[index]!.split(',').every((part) => isRange(part, field)));
  if (wrong === undefined) return undefined;
  const part = parts[fields.indexOf(wrong)]!;
  return { message: `${inWords(part)} is no ${wrong.name}`, fix: `write a number from ${wrong.from} to ${wrong.to}, a range, a step or *` };
}

function isRange(part: string, { from, to, names }: Field): boolean {
  const match = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/([1-9][0-9]*))?$/.exec(part);
  if (match === null) return false;
  const number = (text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    const index = names.indexOf(text.toLowerCase());
    return index >= 0 ? from + index : /^[0-9]+$/.test(text) ? Number(text) : NaN;
  };
  const first = number(match[1], from);
  const last = number(match[2], first);
  return first >= from && last <= to && first <= last;
}
