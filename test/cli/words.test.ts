import { expect, it } from 'vitest';
import { homeserverWords } from '../../lib/cli/words';

it('homeservers come one by one from files, from lists in files, and from main.ts', () => {
  const words = homeserverWords({
    main: { file: 'main.ts', value: { homeservers: ['c'] } },
    instances: [{ file: 'instances/a.ts', value: 'a' }, { file: 'instances/many.ts', value: ['b', 'bb'] }],
    findings: [],
  });
  expect(words).toEqual([
    { file: 'instances/a.ts', path: '', options: 'a' },
    { file: 'instances/many.ts', path: '[0]', options: 'b' },
    { file: 'instances/many.ts', path: '[1]', options: 'bb' },
    { file: 'main.ts', path: 'homeservers[0]', options: 'c' },
  ]);
});

it('a main.ts that is nothing of the kind has none', () => {
  expect(homeserverWords({ main: { file: 'main.ts', value: null }, instances: [], findings: [] })).toEqual([]);
});
