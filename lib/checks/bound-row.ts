import type { Bound } from './bound';

/** A row of the table: what the API server asks of a place beyond its type. */
export interface BoundRow {
  /** Kinds, by `apiVersion/Kind` without the version. */
  readonly kinds: readonly string[];
  readonly path: string;
  readonly bound: Bound;
  /** Function of Kubernetes 1.32 that says so, in pkg/apis/<group>/validation/validation.go unless said otherwise. */
  readonly source: string;
}

/** Rows of the same kinds and source, by path. */
export function rows(kinds: readonly string[], source: string, bounds: Readonly<Record<string, Bound>>): BoundRow[] {
  return Object.entries(bounds).map(([path, bound]) => ({ kinds, path, bound, source }));
}
