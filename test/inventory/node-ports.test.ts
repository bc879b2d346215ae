import { describe, expect, it } from 'vitest';
import { freePairs } from '../../lib/inventory/node-ports';
import { fleetOf } from './fleet';

const within = (from: number, to: number) => ({ cluster: { nodePorts: { from, to } } });

describe('free pairs of ports', () => {
  it('follow the highest taken one, and begin at an odd number', () => {
    expect(freePairs(fleetOf())).toEqual([[30001, 30002], [30003, 30004]]);
    expect(freePairs(fleetOf([{}, {}]))).toEqual([[30005, 30006], [30007, 30008]]);
  });

  it('fill gaps once the end is taken', () => {
    expect(freePairs(fleetOf([{}, { rtc: { tcp: 30009, udp: 30010 } }], within(30000, 30010)))).toEqual([[30003, 30004], [30005, 30006]]);
  });

  it('are none where only single ports are left', () => {
    expect(freePairs(fleetOf([{ rtc: { tcp: 30001, udp: 30003 } }], within(30000, 30004)))).toEqual([]);
  });

  it('take no heed of ports at a load balancer\'s own address', () => {
    expect(freePairs(fleetOf([{ rtc: { exposure: 'LoadBalancer', publicIp: '203.0.113.9' } }]))[0]).toEqual([30001, 30002]);
  });
});
