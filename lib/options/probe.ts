import type { SchemaObject } from 'ajv';
import { isMap } from '../merge';
import { branches } from './lookup';

/** Texts of every shape that an option asks for: hosts, URLs, addresses, sizes, amounts, times, schedules, names. */
const texts = ['probe.example.net', 'https://probe.example.net/', '192.0.2.7', '7Gi', '77m', '77M', '77d', '77h', '/probe', '0 0 7 * * *', '0 7 * * *', 'probe'];

/** What tells one shape from another. */
const features = [/\s/, /:\/\//, /\./, /^\d/];

/** The texts, those that look most like the value first. */
function textsLike(value: unknown): readonly string[] {
  if (typeof value !== 'string') return texts;
  const likeness = (text: string) => features.filter((feature) => feature.test(text) === feature.test(value)).length;
  return [...texts].sort((a, b) => likeness(b) - likeness(a));
}

/**
 * Other values that an option could have, by its type: each differs from the given one. Not all are valid, and none needs to make sense:
 * they are for finding out what depends on the option.
 */
export function probes(schema: SchemaObject, root: SchemaObject, value: unknown): readonly unknown[] {
  const others = branches(schema, root).flatMap((branch): readonly unknown[] => {
    if (branch['enum']) return branch['enum'] as unknown[];
    if (branch['const'] !== undefined) return [branch['const']];
    switch (branch['type']) {
      case 'boolean': return [true, false];
      case 'integer': return typeof value === 'number' ? [value + 1, value - 1] : [branch['minimum'], 2, 30].filter((one) => one !== undefined);
      case 'string': return textsLike(value);
      case 'object': return value === undefined || isMap(value) ? [] : [{}];
      default: return [];
    }
  });
  return others.filter((other) => other !== value);
}

/** The names of the options inside one. */
export function membersOf(schema: SchemaObject, root: SchemaObject): readonly (readonly [name: string, schema: SchemaObject])[] {
  return branches(schema, root).flatMap((branch) => Object.entries(branch['properties'] as Record<string, SchemaObject> | undefined ?? {}));
}
