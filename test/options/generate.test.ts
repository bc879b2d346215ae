import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateSchema, generateValidator } from '../../lib/options/generate';
import { homeserverType } from '../../lib/options';

const root = join(__dirname, '..', '..');
const committed = (file: string) => readFileSync(join(root, 'lib', 'options', file), 'utf8');

it('the committed schema and its code are what the option types give: npm run options', () => {
  const schema = generateSchema(root);
  expect(`${JSON.stringify(schema, null, 1)}\n`).toBe(committed('schema.json'));
  expect(generateValidator(schema)).toBe(committed('validator.js'));
});

describe('the check of options', () => {
  const errors = (options: unknown) => (homeserverType.validate(options) ? [] : homeserverType.validate.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`));
  const demo = { name: 'demo', serverName: 'example.org', rtc: { tcp: 30015, udp: 30016 } };

  it('accepts the three lines that a homeserver takes', () => {
    expect(errors(demo)).toEqual([]);
  });

  it('sees what is misspelt, missing or of the wrong type', () => {
    expect(errors({ ...demo, sevrerName: 'example.org' })).toEqual([' additionalProperties']);
    expect(errors({ name: 'demo', rtc: false })).toEqual([' required']);
    expect(errors({ ...demo, serverName: 8 })).toEqual(['/serverName type']);
  });

  it('accepts either side of a choice between a switch and a text', () => {
    for (const redirect of [false, 'https://www.example.org/']) expect(errors({ ...demo, wellKnown: { redirect } })).toEqual([]);
    expect(errors({ ...demo, wellKnown: { redirect: true } })).not.toEqual([]);
  });

  it('keeps ports whole and in their bounds', () => {
    expect(errors({ ...demo, rtc: { tcp: 30015.5, udp: 30016 } })).toContain('/rtc/tcp type');
    expect(errors({ ...demo, rtc: { tcp: 0, udp: 70000 } })).toEqual(expect.arrayContaining(['/rtc/tcp minimum', '/rtc/udp maximum']));
  });

  it('knows which workers can run more than once', () => {
    expect(errors({ ...demo, synapse: { workers: { 'client-reader': { replicas: 2 } } } })).toEqual([]);
    expect(errors({ ...demo, synapse: { workers: { 'user-dir': { replicas: 2 } } } })).toEqual(['/synapse/workers/user-dir additionalProperties']);
  });
});
