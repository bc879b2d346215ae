import type { Path } from '../checks/path';
import { type Fault, findings, type Rule } from '../checks/rule';
import { type Place, placeIn, placeOf } from '../checks/traced';
import { mostCopies } from './manifests';
import { type Assessment, type Budget, groupsOf, growing, nodeMeasures } from './budgets';
import type { BudgetName, Level } from './levels';
import type { Finding } from '../finding';
import { emptyNodes, place } from './placement';
import type { Pods } from './pod';
import { quotaRule } from './quota';
import { percentText, words } from './units';

/** What a budget's rules say of it. */
interface Wording {
  readonly id: string;
  /** Where in main.ts there is more to be had; of a database cluster's, where in what describes it. */
  readonly path: Path;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** What to do in this case, with numbers. */
  readonly remedy: (budget: Budget, assessment: Assessment) => string;
}

/** Nodes that Kubernetes is made for (kubernetes.io, Considerations for large clusters). */
const mostNodes = 5000;

/** How many nodes like those of the first group do, found by putting the fleet on them; and who takes most of the fullest. */
const moreNodes = (name: keyof typeof nodeMeasures, amountOf: (one: Pods) => number) => (budget: Budget, { fleet, demand }: Assessment): string => {
  const { node, share } = budget;
  const [first, ...others] = groupsOf(fleet.platform.model);
  if (first === undefined) return 'add a node';
  const enough = (percent: number) => {
    const least = Math.max(first.count + 1, Math.floor(first.count * share * 100 / percent));
    // No cluster has more, nor any number of nodes that have nothing to give.
    const counts = Array.from({ length: 10 }, (_, index) => least + index * Math.ceil(least / 20)).filter((count) => count <= mostNodes);
    return counts.find((count) => nodeMeasures[name](place(emptyNodes([{ ...first, count }, ...others]), demand.pods).nodes).share * 100 <= percent);
  };
  const advice = byLevel(budget, enough, (count) => (count === undefined ? undefined : `nodes[0].count: ${count}`)) ?? 'make the nodes larger';
  if (node === undefined) return advice;
  const greediest = [...node.pods].sort((a, b) => amountOf(b) - amountOf(a)).slice(0, 3);
  return `${advice}; or ask for less: on ${node.name}, most is taken by ${greediest.map((one) => `${one.name} of ${one.owner} (${words[name].text(amountOf(one))})`).join(', ')}`;
};

/** What ends a refusal, and what ends the warning that it leaves; where both are the same, or there is no refusal, once. */
function byLevel<Amount>({ level, levels: { warn, refuse } }: Budget, enough: (percent: number) => Amount, text: (amount: Amount) => string | undefined): string | undefined {
  const [still, well] = [refuse, warn].map((percent) => text(enough(percent)));
  if (level !== 'refused' || still === undefined || still === well) return well === undefined ? still : `${well} is enough`;
  return `${still} ends the refusal${well === undefined ? '' : `, ${well} the warning, too`}`;
}

const nodesPath: Path = ['cluster', 'nodes'];
const lessOrMore = 'Add a node, or ask for less';

const wordings: Readonly<Record<BudgetName, Wording>> = {
  connections: {
    id: 'connections',
    path: ['maxConnections'],
    what: 'the connections that all roles may open, and PostgreSQL\'s own',
    why: 'Beyond max_connections PostgreSQL refuses: a homeserver that restarts then finds no way back in.',
    fix: 'Raise maxConnections of the database cluster, which restarts PostgreSQL',
    remedy: (budget, assessment) => `${byLevel(budget, (percent) => rounded(later(budget, assessment), percent, 10), (count) => `maxConnections: ${count}`)}, with ${further} more homeservers; it restarts PostgreSQL`,
  },
  cpu: {
    id: 'cpu',
    path: nodesPath,
    what: 'the CPU that the pods of each node request',
    why: 'A pod that no node has room for stays Pending, or pushes out one of a lower priority.',
    fix: lessOrMore,
    remedy: moreNodes('cpu', ({ cpu }) => cpu),
  },
  memory: {
    id: 'memory',
    path: nodesPath,
    what: 'the memory that the pods of each node request',
    why: 'A pod that no node has room for stays Pending, or pushes out one of a lower priority; on a full node the first that grows is killed.',
    fix: lessOrMore,
    remedy: moreNodes('memory', ({ memory }) => memory),
  },
  memoryLimits: {
    id: 'memory-limits',
    path: nodesPath,
    what: 'the memory that the pods of each node may use at most',
    why: 'Limits may promise more than there is, but the more they do, the fewer pods need to grow at once until one of them is killed.',
    fix: 'Lower limits.memory of what never needs it, or add a node',
    remedy: moreNodes('memoryLimits', ({ memoryLimit }) => memoryLimit),
  },
  volumes: {
    id: 'volumes',
    path: nodesPath,
    what: 'the volumes that the pods of each node attach',
    why: 'A machine takes a fixed number of disks (in Yandex Cloud eight with up to 18 cores, the boot disk among them), and a pod whose volume no node can attach stays Pending.',
    fix: 'Add a node',
    remedy: moreNodes('volumes', ({ volumes }) => volumes.length),
  },
  databaseStorage: {
    id: 'database-storage',
    path: ['size'],
    what: 'what all databases are expected to grow to',
    why: 'A full volume stops PostgreSQL, and with it every homeserver.',
    fix: 'Raise size of the database cluster, which can grow but never shrink; or lower synapse.expectedDatabaseSize where it is known to be less',
    remedy: (budget, assessment) => `${byLevel(budget, (percent) => rounded(later(budget, assessment), percent, 2 ** 30) / 2 ** 30, (size) => `size: ${size}Gi`)}, with ${further} more homeservers; it can grow, but never shrink`,
  },
  nodePorts: {
    id: 'node-ports',
    path: ['cluster', 'nodePorts'],
    what: 'the NodePorts that are taken',
    why: 'Without a free pair there is no further homeserver with calls.',
    fix: 'Widen cluster.nodePorts as the API server\'s --service-node-port-range allows, or expose rtc by HostPort',
    remedy: (budget) => `widen it: ${byLevel(budget, (percent) => rounded(budget.used, percent, 1), (count) => `a range of ${count} ports`)}, as the API server's own range must be too, or expose rtc by HostPort`,
  },
  certificateNames: {
    id: 'certificate-names',
    path: ['platform', 'manifests'],
    what: 'the names of one certificate',
    why: 'Let\'s Encrypt takes 100 names for one certificate (letsencrypt.org/docs/rate-limits), and refuses it for one too many.',
    fix: 'Spread the names over several certificates',
    remedy: ({ used, of, levels }) => `spread its names over ${Math.ceil(used / (of * Math.min(levels.warn, 100) / 100))} certificates`,
  },
};

/** Homeservers that there is to be room for when something is raised that nobody wants to raise every week. */
const further = 4;

/** What is used when they are there. */
function later({ name, used }: Budget, assessment: Assessment): number {
  return [...growing(assessment, further)].at(-1)?.find((one) => one.name === name)?.used ?? used;
}

/** How much is needed so that no more than so many percent of it are used, rounded up to whole steps. */
const rounded = (used: number, percent: number, step: number): number => Math.ceil(used * 100 / percent / step) * step;

/** The option by which a homeserver asks for a pod, where the pod alone takes half of its node, and the homeserver itself says so. */
function culprit({ node, name }: Budget, { fleet: { homeservers } }: Assessment): Place | undefined {
  const amount = amounts[name];
  if (node === undefined || amount === undefined) return undefined;
  const [first] = [...node.pods].sort((a, b) => amount(b) - amount(a));
  const homeserver = first && homeservers.find(({ model }) => model.name === first.owner);
  if (homeserver === undefined || amount(first!) * 2 < (name === 'cpu' ? node.has.cpu : node.has.memory)) return undefined;
  const option = options[first!.name];
  return option === undefined ? undefined : placeOf([homeserver.words[0]], [option, 'resources']);
}

/** A homeserver's pods that have an option of their own. */
const options: Readonly<Record<string, string>> = { synapse: 'synapse', mas: 'mas', 'element-web': 'elementWeb', 'element-admin': 'elementAdmin', hookshot: 'hookshot', haproxy: 'haproxy', redis: 'redis' };

const amounts: Partial<Record<BudgetName, (one: Pods) => number>> = { cpu: ({ cpu }) => cpu, memory: ({ memory }) => memory, memoryLimits: ({ memoryLimit }) => memoryLimit };

function* above(level: Level, assessment: Assessment, name: BudgetName, { path: ownPath, remedy }: Wording): Generator<Fault> {
  const budget = assessment.budgets.find((one) => one.name === name)!;
  if (budget.level !== level) return;
  const { words: said } = assessment.fleet.platform;
  const { title, text } = words[name];
  const { node, cluster, used, of, share, levels } = budget;
  const path = [...cluster?.path ?? [], ...ownPath];
  const message = node
    ? `${title} on ${node.name} add up to ${percentText(share, 1)} of what it has, over all nodes to ${percentText(used / of, 1)} (${text(used)} of ${text(of)})`
    : `${title}: ${text(used)} of ${text(of)}, which is ${percentText(share, 1)}`;
  const limit = level === 'refused' ? levels.refuse : levels.warn;
  yield { ...culprit(budget, assessment) ?? placeOf(said, path) ?? placeIn(said[0], path), message: `${message}, above the level of ${limit} %`, fix: remedy(budget, assessment) };
}

function rulesOf(name: BudgetName): Rule<Assessment>[] {
  const wording = wordings[name];
  const { id, what, why, fix } = wording;
  return [
    {
      id: `${id}-exhausted`,
      severity: 'error',
      what: `${capital(what)} stay within \`budgets.${name}.refuse\` of what there is.`,
      why,
      fix: `${fix}.`,
      check: (assessment) => above('refused', assessment, name, wording),
    },
    {
      id: `${id}-scarce`,
      severity: 'warning',
      what: `${capital(what)} stay within \`budgets.${name}.warn\` of what there is.`,
      why,
      fix: `${fix}; or raise the level.`,
      check: (assessment) => above('warning', assessment, name, wording),
    },
  ];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function* noNode({ placement: { homeless, nodes }, fleet: { platform: { model: platform, words: said } } }: Assessment): Generator<Fault> {
  for (const one of new Set(homeless)) {
    const cluster = platform.databaseClusters.find(({ name }) => name === one.name);
    const path = cluster ? [...cluster.path, 'instances'] : nodesPath;
    yield {
      ...placeOf(said, path) ?? placeIn(said[0], path),
      message: `${one.replicas} copies of ${one.name} want a node each, and there are ${nodes.length}`,
      fix: `run at most ${nodes.length}, or have at least ${one.replicas} nodes`,
    };
  }
}

function* tooManyCopies({ demand, fleet: { platform, homeservers } }: Assessment): Generator<Fault> {
  for (const { name, owner, replicas, everyNode } of demand.pods) {
    if (everyNode || replicas <= mostCopies) continue;
    const { words: [said] } = homeservers.find(({ model }) => model.name === owner) ?? platform;
    yield { ...placeIn(said, []), message: `${name} of ${owner} is to have more than ${mostCopies} copies`, fix: 'write as many as are meant' };
  }
}

/** What must hold of a fleet on its cluster. */
export const budgetRules: readonly Rule<Assessment>[] = [
  ...(Object.keys(wordings) as BudgetName[]).flatMap(rulesOf),
  {
    id: 'nodes-too-few',
    severity: 'error',
    what: 'What must not share a node has as many nodes as copies.',
    why: 'The copy that finds no node of its own stays Pending for ever; with PostgreSQL the whole cluster then never counts as healthy.',
    fix: 'Run fewer copies, or add nodes.',
    check: noNode,
  },
  {
    id: 'copies-too-many',
    severity: 'error',
    what: `Nothing has more than ${mostCopies} copies.`,
    why: 'No cluster of a small fleet runs as many: it is a slip, and one that is too large to count pods by.',
    fix: 'Write as many as are meant.',
    check: tooManyCopies,
  },
  quotaRule,
];

export function checkBudgets(assessment: Assessment): Finding[] {
  return findings(budgetRules, assessment);
}
