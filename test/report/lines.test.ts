import { expect, it } from 'vitest';
import { lineDiff } from '../../lib/report/lines';

const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

it('shows what differs with two lines around it', () => {
  expect(lineDiff(text('1', '2', '3', '4', '5', '6', '7', '8', '9', 'a'), text('1', '2', '3', '4', 'x', '6', '7', '8', '9', 'a', 'b')))
    .toEqual(['…', '  3', '  4', '- 5', '+ x', '  6', '  7', '…', '  9', '  a', '+ b']);
});

it('says where only the end of the last line differs', () => {
  expect(lineDiff('a\nb\n', 'a\nb')).toEqual(['…', '- (a line feed at the end)']);
  expect(lineDiff('a\nb', 'a\nb\n')).toEqual(['…', '+ (a line feed at the end)']);
});

it('takes nothing for no line', () => expect(lineDiff('', 'a\nb\n')).toEqual(['+ a', '+ b']));

it('says how much it leaves out', () => {
  const lines = lineDiff('', text(...Array.from({ length: 100 }, (_, n) => String(n))));
  expect(lines).toHaveLength(61);
  expect(lines.at(-1)).toBe('… 40 more lines');
});
