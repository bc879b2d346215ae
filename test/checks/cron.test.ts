import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../lib/checks/cron';

describe('a schedule', () => {
  it.each(['0 0 3 * * *', '*/10 * * ? * MON-FRI', '0 0,30 1-5/2 1 jan *', '@daily', '@every 1h30m'])('%s is one', (schedule) => {
    expect(cronProblem(schedule)).toBeUndefined();
  });

  it.each([
    ['0 3 * * *', '"0 3 * * *" has 5 fields, and six are read: seconds first; write 0 0 3 * * *'],
    ['daily', '"daily" has 1 fields, and six are read: seconds first; write six, such as 0 0 3 * * * for three o\'clock each night'],
    ['0 60 3 * * *', '"60" is no minute; write a number from 0 to 59, a range, a step or *'],
    ['0 0 3 * * 7', '"7" is no day of the week; write a number from 0 to 6, a range, a step or *'],
    ['0 0 5-3 * * *', '"5-3" is no hour; write a number from 0 to 23, a range, a step or *'],
    ['0 0 3 * foo *', '"foo" is no month; write a number from 1 to 12, a range, a step or *'],
  ])('%s is none', (schedule, expected) => {
    const problem = cronProblem(schedule);
    expect(`${problem?.message}; ${problem?.fix}`).toBe(expected);
  });
});
