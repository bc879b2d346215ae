/** How much of what the cluster has may be promised, in percent. Above `warn`, `synth` warns; above `refuse`, it writes nothing. */
export interface BudgetLevels {
  /**
   * In percent of what there is.
   * @minimum 1
   * @maximum 1000
   */
  readonly warn?: number;
  /**
   * In percent of what there is.
   * @minimum 1
   * @maximum 1000
   */
  readonly refuse?: number;
}

/** Levels of each budget. */
export interface BudgetOptions {
  /**
   * PostgreSQL connections against `max_connections`.
   * @default - 80 and 100
   */
  readonly connections?: BudgetLevels;
  /**
   * CPU that containers request, of each node.
   * @default - 85 and 100
   */
  readonly cpu?: BudgetLevels;
  /**
   * Memory that containers request, of each node.
   * @default - 85 and 100
   */
  readonly memory?: BudgetLevels;
  /**
   * Memory that containers may use at most, of each node: more than there is can be fine, as long as not all of them want it at once.
   * @default - 400 and 1000
   */
  readonly memoryLimits?: BudgetLevels;
  /**
   * Volumes against what a node can attach.
   * @default - 85 and 100
   */
  readonly volumes?: BudgetLevels;
  /**
   * Expected size of the databases against the database volume.
   * @default - 80 and 100
   */
  readonly databaseStorage?: BudgetLevels;
  /**
   * NodePorts against the cluster's range.
   * @default - 90 and 100
   */
  readonly nodePorts?: BudgetLevels;
  /**
   * Names of one certificate against the 100 that Let's Encrypt takes.
   * @default - 90 and 100
   */
  readonly certificateNames?: BudgetLevels;
}
