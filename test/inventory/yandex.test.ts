import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openPorts } from '../../lib/inventory/ports';
import { securityRules, updateRulesCommand } from '../../lib/inventory/yandex';
import { fleetOf } from './fleet';

const rules = (...args: Parameters<typeof fleetOf>) => {
  const fleet = fleetOf(...args);
  return securityRules(openPorts(fleet), fleet.platform.model.cluster.nodePorts);
};
const inShort = (all: ReturnType<typeof rules>) => all.map(({ protocol, from, to, source }) => `${protocol} ${from}-${to} ${source}`);

describe('rules of a Yandex security group', () => {
  it('open the range behind the load balancer, its health checks, and what the range does not hold', () => {
    expect(inShort(rules([{}]))).toEqual(['tcp 30000-32767 internet', 'tcp 0-65535 health checks', 'udp 30002-30002 internet']);
  });

  it('open the range over UDP too where a homeserver has a load balancer of its own', () => {
    expect(inShort(rules([{ rtc: { exposure: 'LoadBalancer', publicIp: '203.0.113.9' } }]))).toEqual(['tcp 30000-32767 internet', 'udp 30000-32767 internet', 'tcp 0-65535 health checks']);
  });

  it('open a port in the node\'s own network by itself, since no range holds it', () => {
    expect(inShort(rules([{ rtc: { tcp: 29001, udp: 29002, exposure: 'HostPort' } }])).slice(2)).toEqual(['tcp 29001-29001 internet', 'udp 29002-29002 internet']);
  });

  it('are one command, each rule one word of the properties that yc knows', () => {
    const script = updateRulesCommand(rules([{}]));
    const { stdout, status } = spawnSync('bash', ['-euc', `yc() { printf '%s\\n' "$@"; }\nSECURITY_GROUP_ID=enp1\n${script}`], { encoding: 'utf8' });
    expect(status).toBe(0);
    const [vpc, group, verb, id, ...words] = stdout.trimEnd().split('\n');
    expect([vpc, group, verb, id]).toEqual(['vpc', 'security-group', 'update-rules', 'enp1']);
    expect(words.filter((_, index) => index % 2 === 0)).toEqual(['--add-rule', '--add-rule', '--add-rule']);
    const rule = /^description=[\w ./-]+,direction=ingress,protocol=(tcp|udp),(port=\d+|from-port=\d+,to-port=\d+),(v4-cidrs=\[0\.0\.0\.0\/0\]|predefined=loadbalancer_healthchecks)$/;
    for (const word of words.filter((_, index) => index % 2 === 1)) expect(word).toMatch(rule);
  });
});
