import { type Assessment, type Budget, growing } from './budgets';
import type { BudgetName, Level } from './levels';
import type { Pods } from './pod';

/** What `budget` tells: the same for people and for programs. */
export interface Report {
  readonly budgets: readonly BudgetRow[];
  readonly nodes: readonly NodeRow[];
  /** What requests most memory, the greediest first; all copies together. */
  readonly consumers: readonly ConsumerRow[];
}

export interface BudgetRow {
  readonly budget: BudgetName;
  readonly used: number;
  /** Cores are counted in thousandths, sizes in bytes; null: nothing limits it. */
  readonly of: number | null;
  readonly free: number | null;
  /** 1 is all of it; of what nodes have, that of the fullest. */
  readonly share: number;
  readonly fullestNode?: string;
  /** The share after one more homeserver of default size. */
  readonly afterOneMore: number;
  /** How many more homeservers of default size there is room for before the budget refuses; at most {@link most}. */
  readonly room: number;
  readonly level: Level;
  /** In percent. */
  readonly levels: { readonly warn: number; readonly refuse: number };
}

export interface NodeRow {
  readonly name: string;
  readonly pods: number;
  readonly cpu: Share;
  readonly memory: Share;
  readonly memoryLimits: Share;
  readonly volumes: Share;
}

export interface Share {
  readonly used: number;
  readonly of: number | null;
}

export interface ConsumerRow {
  readonly owner: string;
  readonly name: string;
  readonly copies: number;
  readonly cpu: number;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly volumes: number;
}

/** Homeservers that are added to see how many fit; beyond, a number would say no more. */
export const most = 50;

/** Rows of the list of consumers. */
const listed = 10;

export function reportOf(assessment: Assessment): Report {
  const { demand, placement: { nodes }, budgets } = assessment;
  const grown = [...growing(assessment, most)];
  const share = (used: number, of: number): Share => ({ used, of: finite(of) });
  return {
    budgets: budgets.map((budget) => rowOf(budget, grown.map((after) => after.find(({ name }) => name === budget.name)!))),
    nodes: nodes.map(({ name, has, used, pods }) => ({
      name,
      pods: pods.length,
      cpu: share(used.cpu, has.cpu),
      memory: share(used.memory, has.memory),
      memoryLimits: share(used.memoryLimit, has.memory),
      volumes: share(used.volumes, has.volumes),
    })),
    consumers: demand.pods.map((one) => consumerOf(one, nodes.length)).sort((a, b) => b.memory - a.memory).slice(0, listed),
  };
}

function rowOf({ name, used, of, share, node, level, levels }: Budget, grown: readonly Budget[]): BudgetRow {
  const firstRefused = grown.findIndex((after) => after.level === 'refused');
  return {
    budget: name,
    used,
    of: finite(of),
    free: finite(of - used),
    share,
    ...node && { fullestNode: node.name },
    afterOneMore: grown[0]!.share,
    room: level === 'refused' ? 0 : firstRefused < 0 ? most : firstRefused,
    level,
    levels,
  };
}

function consumerOf({ owner, name, replicas, everyNode, cpu, memory, memoryLimit, volumes }: Pods, nodes: number): ConsumerRow {
  const copies = everyNode ? nodes : replicas;
  return { owner, name, copies, cpu: cpu * copies, memory: memory * copies, memoryLimit: memoryLimit * copies, volumes: volumes.length * copies };
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);
