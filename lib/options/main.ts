import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleReference } from '../rule-reference';
import { families } from '../rulebook';
import { generateSchema, generateValidator } from './generate';
import { optionReference } from './reference';

/** `npm run options`: writes the schema of the options, its compiled code, and the references of options and rules. */
export function main(_: readonly string[], root: string): void {
  const schema = generateSchema(root);
  writeFileSync(join(root, 'lib', 'options', 'schema.json'), `${JSON.stringify(schema, null, 1)}\n`);
  writeFileSync(join(root, 'lib', 'options', 'validator.js'), generateValidator(schema));
  writeFileSync(join(root, 'docs', 'options.md'), optionReference(schema));
  writeFileSync(join(root, 'docs', 'rules.md'), ruleReference(families));
}
