import { literal } from '../quote';
import type { Schema, Schemas } from './schema';
import { referred } from './share';

/**
 * TypeScript types of values as a person writes them: every key may be left out, and nothing is allowed that the schema does not name.
 * @param $defs shared schemas; the one called `root` becomes the type of that name, the others the types that it is made of
 */
export function valuesTypes($defs: Schemas, root: string, typeName: string): string {
  const nameOf = (name: string): string => (name === root ? typeName : name);
  const typeOf = (schema: Schema, indent: string): string => {
    if (schema.$ref !== undefined) return nameOf(referred(schema.$ref));
    if (schema.const !== undefined) return literalOf(schema.const);
    if (schema.enum !== undefined) return union(schema.enum.map(literalOf));
    if (schema.type !== undefined) return union([schema.type].flat().map((type) => typeOfKind(type, schema, indent)));
    const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((branch) => typeOf(branch, indent));
    return branches.length === 0 ? 'unknown' : union(branches);
  };
  const typeOfKind = (type: string, schema: Schema, indent: string): string => {
    if (type === 'integer') return 'number';
    if (type === 'array') return `readonly ${grouped(schema.items === undefined ? 'unknown' : typeOf(schema.items, indent))}[]`;
    return type === 'object' ? objectType(schema, indent) : type;
  };
  const objectType = ({ properties = {}, additionalProperties = true }: Schema, indent: string): string => {
    const inner = `${indent}  `;
    const known = Object.entries(properties).map(([key, sub]) => `${inner}readonly ${keyOf(key)}?: ${typeOf(sub, inner)};\n`);
    const others = typeof additionalProperties === 'boolean' || known.length > 0 ? 'unknown' : typeOf(additionalProperties, inner);
    const index = additionalProperties === false ? [] : [`${inner}readonly [key: string]: ${others};\n`];
    return known.length + index.length === 0 ? 'Record<string, never>' : `{\n${[...known, ...index].join('')}${indent}}`;
  };
  return Object.entries($defs).map(([name, schema]) => {
    const type = typeOf(schema, '');
    const exported = name === root ? 'export ' : '';
    return type.startsWith('{') && type.indexOf('\n}') === type.length - 2
      ? `${exported}interface ${nameOf(name)} ${type}\n`
      : `${exported}type ${nameOf(name)} = ${type};\n`;
  }).join('\n');
}

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');
const grouped = (type: string): string => (type.includes(' | ') ? `(${type})` : type);
const literalOf = (value: unknown): string => (typeof value === 'string' ? literal(value) : JSON.stringify(value));
const keyOf = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key));
