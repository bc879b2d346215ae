import { expect, test } from 'vitest';
import { valuesTypes } from '../../lib/importer/types';

test('types have every key optional and nothing that the schema does not name', () => {
  expect(valuesTypes({
    values: {
      type: 'object',
      properties: {
        'rtc-tcp': { $ref: '#/$defs/Port' },
        name: { type: ['string', 'null'] },
        mode: { enum: ['a', "it's", null] },
        sizes: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        on: { const: true },
        anything: {},
        nothing: { type: 'object', additionalProperties: false },
      },
      additionalProperties: false,
    },
    Port: { type: 'object', properties: { port: { type: 'integer' } } },
    List: { type: 'array' },
  }, 'values', 'DemoValues')).toBe(`export interface DemoValues {
  readonly 'rtc-tcp'?: Port;
  readonly name?: string | null;
  readonly mode?: 'a' | "it's" | null;
  readonly sizes?: readonly (string | number)[];
  readonly labels?: {
    readonly [key: string]: string;
  };
  readonly on?: true;
  readonly anything?: unknown;
  readonly nothing?: Record<string, never>;
}

interface Port {
  readonly port?: number;
  readonly [key: string]: unknown;
}

type List = readonly unknown[];
`);
});
