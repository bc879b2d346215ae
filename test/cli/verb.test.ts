import { describe, expect, it } from 'vitest';
import { outputOption, parse, UsageError } from '../../lib/cli/verb';

const table = {
  name: 'shape',
  arguments: [{ name: 'NAME', description: 'whose' }, { name: 'FORM', description: 'which', optional: true, choices: ['round', 'square'] }],
  options: { check: { description: 'look' }, fleet: { value: 'FOLDER', description: 'where' }, output: outputOption(['text', 'json']) },
} as const;

const failure = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  try {
    return parse(args, table, env);
  } catch (error) {
    return error;
  }
};

describe('the command line of a verb', () => {
  it('is read: options long and short, and arguments among them', () => {
    expect(parse(['a', '--check', '--fleet', 'x', 'round', '-o', 'json'], table)).toEqual({ options: { check: true, fleet: 'x', output: 'json' }, words: ['a', 'round'] });
    expect(parse(['--fleet=-x', 'a', '-ojson'], table)).toEqual({ options: { fleet: '-x', output: 'json' }, words: ['a'] });
    expect(parse(['--', '--check'], table)).toEqual({ options: {}, words: ['--check'] });
  });

  it.each([
    [['a', '--flet', 'x'], 'there is no option --flet; did you mean --fleet?'],
    [['a', '--zzz'], 'there is no option --zzz; matrix-fleet shape --help says how it is called'],
    [['a', '--constructor'], 'there is no option --constructor; matrix-fleet shape --help says how it is called'],
    [['a', '-x'], 'there is no option -x; matrix-fleet shape --help says how it is called'],
    [['a', '--fleet'], '--fleet needs a value; write --fleet FOLDER'],
    [['a', '--fleet', '--check'], '--fleet needs a value; write --fleet FOLDER'],
    [['a', '--fleet='], '--fleet needs a value; write --fleet FOLDER'],
    [['a', '--check=no'], '--check takes no value; write --check alone'],
    [['a', '-o', 'xml'], '-o takes text or json, not xml; write -o text'],
    [['a', '-o', 'jsn'], '-o takes text or json, not jsn; did you mean json?'],
    [[], 'NAME is missing; matrix-fleet shape --help says how it is called'],
    [['a', 'round', 'b'], '"b" is one argument too many; matrix-fleet shape --help says how it is called'],
    [['a', 'squre'], 'FORM takes round or square, not squre; did you mean square?'],
  ])('%j is refused in words that say what to do', (args, message) => {
    expect(failure(args)).toBeInstanceOf(UsageError);
    expect(failure(args)).toHaveProperty('message', message);
  });

  it('an option that npm kept for itself is no option left out', () => {
    expect(failure(['a'], { npm_config_check: 'true' })).toHaveProperty('message', 'npm kept --check for itself; write npm run shape -- --check');
    expect(failure(['a'], { npm_config_fleet: 'x' })).toHaveProperty('message', 'npm kept --fleet for itself; write npm run shape -- --fleet x');
    expect(parse(['a', '--check'], table, { npm_config_check: 'true' }).options).toEqual({ check: true });
  });
});
