import type { AmbiguousNames, Names } from './names';

/**
 * The plain manifest that a generated binding stands for: `Plain<ApplicationSpec>`, `Plain<k8s.DeploymentSpec>`.
 * Properties bear the names of the manifest (`repoURL`, not `repoUrl`), enums are their strings, IntOrString and Quantity are
 * `number | string`, dates are strings. Where the generated code has one name for two, both are allowed and neither is required.
 */
export type Plain<T> =
  IsAny<T> extends true ? T
  : T extends string ? `${T}`
  : T extends number | boolean | null | undefined ? T
  : T extends Date ? string
  : T extends readonly (infer Item)[] ? readonly Plain<Item>[]
  : number | string extends Wrapped<T> ? number | string
  : Renamed<T>;

type Renamed<T> = {
  [K in keyof T as K extends keyof AmbiguousNames ? never : K extends keyof Names ? Names[K] : K]: Plain<T[K]>
} & {
  [K in keyof T as K extends keyof AmbiguousNames ? AmbiguousNames[K] : never]?: Plain<T[K]>
};

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What a class such as IntOrString wraps; interfaces that happen to have a `value` hold a string or a number, not either. */
type Wrapped<T> = T extends { readonly value: infer V } ? V : never;
