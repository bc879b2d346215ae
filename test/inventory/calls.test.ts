import { expect, it } from 'vitest';
import { callsOfAll } from '../../lib/inventory/calls';
import { fleetOf } from './fleet';

const balancer = { exposure: 'LoadBalancer', publicIp: '203.0.113.7', loadBalancer: { annotations: { id: 'a' } } } as const;
const calls = (...all: readonly object[]) => callsOfAll(fleetOf(all.map((rtc, index) => ({ rtc: { tcp: 30001 + 2 * index, udp: 30002 + 2 * index, ...rtc } }))));

it('says what all homeservers say, and nothing that one says otherwise', () => {
  expect(calls()).toEqual({});
  expect(calls({}, {})).toEqual({});
  expect(calls({ ...balancer, udp: false }, { ...balancer, udp: false })).toEqual({ ...balancer, udp: false });
  expect(calls({ ...balancer, udp: false }, balancer)).toEqual(balancer);
  expect(calls(balancer, {})).toEqual({});
  expect(calls({ dynamicAddress: true }, { dynamicAddress: { everyMinutes: 15 } })).toEqual({ dynamicAddress: true });
  expect(calls({ dynamicAddress: true }, {})).toEqual({});
});

it('takes no load balancer whose address is another homeserver\'s own', () => {
  expect(calls(balancer, { ...balancer, publicIp: '203.0.113.8' })).toEqual({});
});

it('does not ask those that are retired', () => {
  expect(callsOfAll(fleetOf([{ state: 'retired', rtc: { tcp: 30001, udp: 30002, ...balancer } }]))).toEqual({});
});
