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
  if (wrong === undefined) {
    return isNever(schedule) ? { message: `${inWords(schedule)} never comes: no such month has such a day`, fix: 'write a day that the month has, or *' } : undefined;
  }
  const part = parts[fields.indexOf(wrong)]!;
  return { message: `${inWords(part)} is no ${wrong.name}`, fix: `write a number from ${wrong.from} to ${wrong.to}, a range, a step or *` };
}

/** Whether a schedule names a day that none of its months has, as the 31st of February. */
function isNever(schedule: string): boolean {
  const parts = schedule.trim().split(/\s+/);
  // Where both are said, the day of the week is another way to come.
  if (parts.length !== 6 || !/^[*?]/.test(parts[5]!)) return false;
  const [day, month] = [fields[3]!, fields[4]!];
  const first = Math.min(...parts[3]!.split(',').map((part) => rangeOf(part, day)?.first ?? 1));
  const longest = parts[4]!.split(',').map((part) => {
    const { first: from, last: to } = rangeOf(part, month) ?? { first: month.from, last: month.to };
    return Math.max(...days.slice(from - 1, to));
  });
  return first > Math.max(...longest);
}

/** How many days a month has at most. */
const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isRange(part: string, field: Field): boolean {
  const range = rangeOf(part, field);
  return range !== undefined && range.first >= field.from && range.last <= field.to && range.first <= range.last;
}

/** From where to where a part of a field reaches, in numbers; undefined where it is no range. */
function rangeOf(part: string, { from, to, names }: Field): { readonly first: number; readonly last: number } | undefined {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/([1-9][0-9]*))?$/.exec(part);
  if (match === null) return undefined;
  if (match[1] !== undefined) return { first: from, last: to };
  const number = (text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    const index = names.indexOf(text.toLowerCase());
    return index >= 0 ? from + index : /^[0-9]+$/.test(text) ? Number(text) : NaN;
  };
  const first = number(match[2], from);
  // A step from a number on goes to the end.
  return { first, last: number(match[3], match[4] === undefined ? first : to) };
}
