import { expect, it } from 'vitest';
import { whose } from '../../lib/cli/whose';
import { fleetOf } from '../inventory/fleet';

it('everybody\'s, where nobody is named', () => {
  const isAsked = whose(undefined, fleetOf([{}]));
  expect([isAsked('h0'), isAsked()]).toEqual([true, true]);
});

it('a homeserver\'s alone, or the platform\'s', () => {
  expect([whose('h0', fleetOf([{}, {}]))('h0'), whose('h0', fleetOf([{}, {}]))('h1'), whose('h0', fleetOf([{}, {}]))()]).toEqual([true, false, false]);
  expect([whose('platform', fleetOf([{}]))(), whose('platform', fleetOf([{}]))('h0')]).toEqual([true, false]);
});

it('nobody\'s is a wrong call, unless there is no fleet to tell', () => {
  expect(() => whose('h5', fleetOf([{}]))).toThrow('there is no homeserver h5; did you mean h0?');
  expect(() => whose('somebody', fleetOf([{}]))).toThrow('choose of platform, h0');
  expect(whose('h5', undefined)('h0')).toBe(false);
});
