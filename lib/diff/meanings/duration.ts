const hours: Readonly<Record<string, number>> = { s: 1 / 3600, h: 1, d: 24, w: 168, y: 8760 };

/** Hours of `14d`, `6h`, `2m`; an `m` is a month, as of backups, and so is a bare number, as of VictoriaMetrics. */
function duration(value: unknown): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhdwy]?)$/.exec(String(value)) ?? [];
  return number === undefined ? Number.NaN : Number(number) * (unit && hours[unit] || 730);
}

/** Whether one time is surely longer than another. */
export function isLonger(before: unknown, after: unknown): boolean {
  return duration(after) > duration(before);
}
