import Ajv, { type ErrorObject } from 'ajv';
import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import type { ValidationError, Validator } from '../../imports';
import type { Schemas } from '../../lib/importer/schema';
import { validatorModules } from '../../lib/importer/validators';

/** Every keyword that the importer keeps, and names that are awkward in code, in a path and in a message. */
const $defs: Schemas = {
  'x/v1/Root': {
    type: 'object',
    required: ['a', 'it\'s "so"'],
    minProperties: 1,
    maxProperties: 6,
    propertyNames: { maxLength: 12 },
    properties: {
      a: { $ref: '#/$defs/A' },
      'b~c/d': { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, contains: { type: 'integer' }, items: { $ref: '#/$defs/A' } },
      'it\'s "so"': { enum: ['x', 1, null] },
      instancePath: { const: '{instancePath,' },
      n: { type: ['integer', 'null'], minimum: -1, exclusiveMaximum: 3, multipleOf: 2 },
      o: { type: 'object', patternProperties: { '^p': { type: 'boolean' } }, additionalProperties: { $ref: '#/$defs/A' } },
    },
    additionalProperties: false,
    if: { required: ['n'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { not: { required: ['o'] } },
    else: { anyOf: [{ required: ['o'] }, { required: ['b~c/d'] }] },
  },
  A: {
    oneOf: [
      { type: 'string', minLength: 1, maxLength: 2, pattern: '^[^,}"]+$' },
      { type: 'number', maximum: 1 },
      { allOf: [{ $ref: '#/$defs/x~1v1~1Root' }] },
    ],
  },
};

/** What a compiled validator tells of an error. */
const told = ({ instancePath, keyword, params, message }: ErrorObject): ValidationError =>
  ({ instancePath, keyword, params, message: message! });

const key = fc.constantFrom(...Object.keys($defs['x/v1/Root']!.properties!), 'p1', 'unknown', 'a name too long for this');
const value: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>('x', '', 'xyz', '}"', '{instancePath,', 0, 1, 2, 4, 1.5, -2, true, null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 7, noNullPrototype: true }),
  ),
})).node;

/** What a generated module exports. */
function evaluated<T>(code: string): Readonly<Record<string, T>> {
  const module = { exports: {} };
  const wrapper = new Script(`(function (module, exports, require) {${code}\n})`).runInThisContext() as (...scope: unknown[]) => void;
  wrapper(module, module.exports, createRequire(__filename));
  return module.exports;
}

test("a compiled validator gives ajv's own verdict, with ajv's own errors or without a word", async () => {
  const { verdicts, validators } = await validatorModules($defs, ['x/v1/Root']);
  const compiled = evaluated<Validator>(validators)['x/v1/Root']!;
  const isRight = evaluated<(value: unknown) => boolean>(verdicts)['x/v1/Root']!;

  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, inlineRefs: false });
  const reference = ajv.addSchema({ $id: 'unit', $defs }).getSchema('unit#/$defs/x~1v1~1Root')!;

  const keywords = new Set<string>();
  fc.assert(fc.property(value, (candidate) => {
    const verdict = reference(candidate);
    expect(compiled(candidate)).toBe(verdict);
    expect(isRight(candidate)).toBe(verdict);
    const errors = reference.errors?.map(told) ?? null;
    errors?.forEach((error) => keywords.add(error.keyword));
    expect(compiled.errors ?? null).toEqual(errors);
  }), { numRuns: 3000, seed: 1 });
  expect([...keywords].sort()).toEqual([
    'additionalProperties', 'anyOf', 'const', 'contains', 'enum', 'exclusiveMaximum', 'if', 'maxItems', 'maxLength', 'maxProperties',
    'maximum', 'minItems', 'minLength', 'minProperties', 'minimum', 'multipleOf', 'not', 'oneOf', 'pattern', 'propertyNames', 'required', 'type',
    'uniqueItems',
  ]);
  expect(validators).not.toMatch(/schemaPath|parentData/);
  expect(verdicts).not.toMatch(/schemaPath|parentData|must be|\.errors/);
});
