import type { BudgetName } from './levels';

const gib = 2 ** 30;

/** One figure after the point, unless it is a nought. */
const figure = (value: number, digits = 1) => (Number.isFinite(value) ? String(Number(value.toFixed(digits))) : '∞');

/** An amount as people say it: `4.5Gi`, `640Mi`. */
export const memoryText = (amount: number): string => (Math.abs(amount) >= gib || amount === 0 ? `${figure(amount / gib)}Gi` : `${figure(amount / 2 ** 20, 0)}Mi`);

/** `1.25` cores, `100m`. */
export const cpuText = (amount: number): string => (Math.abs(amount) >= 1000 || amount === 0 ? figure(amount / 1000, 2) : `${figure(amount, 0)}m`);

export const percentText = (share: number, digits = 0): string => (Number.isFinite(share) ? `${figure(share * 100, digits)} %` : '∞');

/** What is budgeted, as a table and a sentence call it, and how its amounts are written. */
export const words: Readonly<Record<BudgetName, { readonly title: string; readonly text: (amount: number) => string }>> = {
  connections: { title: 'PostgreSQL connections', text: figure },
  cpu: { title: 'CPU requests', text: cpuText },
  memory: { title: 'memory requests', text: memoryText },
  memoryLimits: { title: 'memory limits', text: memoryText },
  volumes: { title: 'attached volumes', text: figure },
  databaseStorage: { title: 'database storage', text: memoryText },
  nodePorts: { title: 'NodePorts', text: figure },
  certificateNames: { title: 'names of a certificate', text: figure },
};
