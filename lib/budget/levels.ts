import type { BudgetLevels, BudgetOptions } from './options';

/** What is budgeted. */
export type BudgetName = keyof BudgetOptions;

export type Level = 'fine' | 'warning' | 'refused';

/** In percent of what there is. */
const defaults: Readonly<Record<BudgetName, Required<BudgetLevels>>> = {
  connections: { warn: 80, refuse: 100 },
  cpu: { warn: 85, refuse: 100 },
  memory: { warn: 85, refuse: 100 },
  memoryLimits: { warn: 400, refuse: 1000 },
  volumes: { warn: 85, refuse: 100 },
  databaseStorage: { warn: 80, refuse: 100 },
  nodePorts: { warn: 90, refuse: 100 },
  certificateNames: { warn: 90, refuse: 100 },
};

/** The levels of a budget: the user's where given, each for itself. */
export function levelsOf(options: BudgetOptions, name: BudgetName): Required<BudgetLevels> {
  return { ...defaults[name], ...options[name] };
}

/** @param share of what there is, 1 is all of it. All of it can be used; more cannot. */
export function levelOf(share: number, { warn, refuse }: Required<BudgetLevels>): Level {
  const percent = share * 100;
  if (percent > refuse) return 'refused';
  return percent > warn ? 'warning' : 'fine';
}
