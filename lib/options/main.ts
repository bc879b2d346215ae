import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSchema, generateValidator } from './generate';

/** `npm run options`: writes the schema of the options and its compiled code. */
export function main(_: readonly string[], root: string): void {
  const schema = generateSchema(root);
  writeFileSync(join(root, 'lib', 'options', 'schema.json'), `${JSON.stringify(schema, null, 1)}\n`);
  writeFileSync(join(root, 'lib', 'options', 'validator.js'), generateValidator(schema));
}
