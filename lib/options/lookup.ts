import type { SchemaObject } from 'ajv';
import type { OptionType } from './index';
import { defaultText, refName, typeName } from './reference';

/** An option as its type describes it. */
export interface OptionText {
  readonly type: string;
  /** As text; absent: it is required. */
  readonly default: string | undefined;
  readonly description: string;
  /** Names of the options inside it. */
  readonly members: readonly string[];
}

/** An option's place among the types. */
export interface FoundOption {
  readonly schema: SchemaObject;
  readonly required: boolean;
}

type Step = string | number;

/**
 * The option at a path. What stands below a map that takes anything, such as `values`, is described by that map.
 * @returns undefined where there is none
 */
export function findOption({ schema }: OptionType, path: readonly Step[]): FoundOption | undefined {
  let found: FoundOption = { schema, required: true };
  for (const step of path) {
    const inside = branches(found.schema, schema);
    const next = inside.map((branch) => memberOf(branch, step)).find((member) => member !== undefined);
    if (next !== undefined) found = next;
    else if (inside.some(isOpen)) return found;
    else return undefined;
  }
  return found;
}

/** What the types say of an option. */
export function optionText({ schema, required }: FoundOption, { schema: root }: OptionType): OptionText {
  const $defs = root['$defs'] as Record<string, SchemaObject>;
  const plain = (text: string) => text.replaceAll(/\[([^\]]*)\]\(#[^)]*\)/g, '$1').replaceAll('`', '');
  const members = branches(schema, root).flatMap((branch) => Object.keys(branch['properties'] as object | undefined ?? {}));
  return {
    type: plain(typeName(schema, $defs)),
    default: required ? undefined : plain(defaultText(schema['default'])),
    description: String(schema['description'] ?? $defs[refName(schema) ?? '']?.['description'] ?? ''),
    members: [...new Set(members)],
  };
}

/** The path of every option of a type, lists as `nodes[0]`. */
export function optionPaths(type: OptionType): readonly string[] {
  const paths = new Set<string>();
  const visit = (schema: SchemaObject, path: string): void => {
    for (const branch of branches(schema, type.schema)) {
      for (const [name, member] of Object.entries(branch['properties'] as Record<string, SchemaObject> | undefined ?? {})) {
        const inner = path === '' ? name : `${path}.${name}`;
        paths.add(inner);
        visit(member, inner);
      }
      // What defaults and lists of homeservers take is said of homeservers.
      if (branch['items'] && refName(branch['items'] as SchemaObject) !== 'HomeserverOptions') visit(branch['items'] as SchemaObject, `${path}[0]`);
    }
  };
  visit(type.schema, '');
  return [...paths].filter((path) => !path.startsWith('defaults.'));
}

/** The schemas that a value of the option may follow, references resolved. */
export function branches(schema: SchemaObject, root: SchemaObject): readonly SchemaObject[] {
  const name = refName(schema);
  if (name !== undefined) return branches((root['$defs'] as Record<string, SchemaObject>)[name]!, root);
  return schema['anyOf'] ? (schema['anyOf'] as SchemaObject[]).flatMap((branch) => branches(branch, root)) : [schema];
}

function memberOf(branch: SchemaObject, step: Step): FoundOption | undefined {
  if (typeof step === 'number') return branch['items'] ? { schema: branch['items'] as SchemaObject, required: false } : undefined;
  const properties = branch['properties'] as Record<string, SchemaObject> | undefined;
  if (properties === undefined || !Object.hasOwn(properties, step)) return undefined;
  return { schema: properties[step]!, required: (branch['required'] as string[] | undefined)?.includes(step) ?? false };
}

const isOpen = (branch: SchemaObject) => branch['type'] === 'object' && branch['properties'] === undefined;
