const days: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

/** Days of `30d`, `4w`, `2m`; none given, backups stay for good. */
export function daysOf(retention: unknown): number {
  const [, count, unit] = /^(\d+)([dwm])$/.exec(String(retention)) ?? [];
  return count === undefined || unit === undefined ? Infinity : Number(count) * days[unit]!;
}
