import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from '../../lib/cli/verb';

const options = { check: { type: 'boolean' }, fleet: { type: 'string' }, output: { type: 'string', short: 'o' } } as const;

describe('the options of a verb', () => {
  it('are read, long and short', () => {
    expect({ ...parseOptions(['--check', '--fleet', 'x', '-o', 'json'], options) }).toEqual({ check: true, fleet: 'x', output: 'json' });
  });

  it.each([
    [['--flet', 'x'], 'there is no option --flet; did you mean --fleet?'],
    [['--fleet'], "Option '--fleet <value>' argument missing"],
    [['x'], expect.stringContaining("Unexpected argument 'x'")],
  ])('%s is refused in words', (args, message) => {
    const failure = (() => {
      try {
        return parseOptions(args, options);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).message).toEqual(message);
  });
});
