import type { OpenPorts } from './ports';

/** The range of NodePorts, first and last. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** A rule of a security group of Yandex Cloud, for traffic that comes in. */
export interface SecurityRule extends PortRange {
  readonly description: string;
  readonly protocol: 'tcp' | 'udp';
  /** Everybody, or the load balancer's own health checks. */
  readonly source: 'internet' | 'health checks';
}

/**
 * Rules for the security group of the nodes. A network load balancer hands every connection to a NodePort that the cluster chooses, so what
 * comes through one needs the whole range (Yandex Cloud, security groups of Managed Service for Kubernetes: access to services from the internet).
 */
export function securityRules(all: readonly OpenPorts[], nodePorts: PortRange): readonly SecurityRule[] {
  // A proxy outside the cluster and a router have addresses, and firewalls, of their own.
  const ports = all.filter(({ at }) => at !== 'the proxy' && at !== 'the router');
  const balanced = new Set(ports.filter(({ at }) => at !== 'nodes').map(({ protocol }) => protocol));
  const ranges = [...balanced].map((protocol): SecurityRule => ({ ...nodePorts, protocol, source: 'internet', description: `load balancers over ${protocol.toUpperCase()}` }));
  const single = ports
    .filter(({ at, from, to, protocol }) => at === 'nodes' && !(balanced.has(protocol) && from >= nodePorts.from && to <= nodePorts.to))
    .map(({ from, to, protocol, homeserver, carries }): SecurityRule => ({ from, to, protocol, source: 'internet', description: homeserver === undefined ? carries : `${carries} of ${homeserver}` }));
  const checks: SecurityRule = { from: 0, to: 65535, protocol: 'tcp', source: 'health checks', description: 'health checks of load balancers' };
  return [...ranges, ...balanced.size > 0 ? [checks] : [], ...single];
}

/**
 * The command that adds the rules to a group. The shape of a rule is `yc vpc security-group update-rules --add-rule`'s, whose values
 * may hold no comma outside of brackets.
 */
export function updateRulesCommand(rules: readonly SecurityRule[]): string {
  const property = ({ description, protocol, from, to, source }: SecurityRule) => [
    `description=${description.replaceAll(/[^\w ./-]/g, '')}`,
    'direction=ingress',
    `protocol=${protocol}`,
    from === to ? `port=${from}` : `from-port=${from},to-port=${to}`,
    source === 'internet' ? 'v4-cidrs=[0.0.0.0/0]' : 'predefined=loadbalancer_healthchecks',
  ].join(',');
  return ['yc vpc security-group update-rules "$SECURITY_GROUP_ID"', ...rules.map((rule) => `  --add-rule '${property(rule)}'`)].join(' \\\n') + '\n';
}
