import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { transform } from 'esbuild';
import type { Schemas } from './schema';
import { reference } from './share';

/**
 * The validators of a unit as the text of a CommonJS module, so that nothing is compiled when the program starts.
 * @param $defs the unit's schemas
 * @param exported names of those that the module exports, under the same names
 */
export async function validatorModule($defs: Schemas, exported: readonly string[]): Promise<string> {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, inlineRefs: false, code: { source: true, lines: true } });
  ajv.addSchema({ $id: 'unit', $defs });
  const code = standaloneCode(ajv, Object.fromEntries(exported.map((name) => [name, `unit${reference(name).$ref}`])));
  const options = { minify: true, treeShaking: true, format: 'cjs', target: 'node20', charset: 'utf8' } as const;
  return (await transform(condensed(code), options)).code;
}

const report = `function report(errors, instancePath, keyword, params, message) {
  const error = { instancePath, keyword, params, message };
  return errors === null ? [error] : (errors.push(error), errors);
}
`;

/**
 * The same validators in two thirds of the text, which is what loading them costs: one function makes every error, and a validator hands on
 * only the path that it is at. An error has neither `schemaPath`, which means nothing once schemas are shared, nor `propertyName`, which
 * `params` tells. Generated code is regular enough for this, one statement a line.
 */
function condensed(code: string): string {
  const place = /const err\d+ = \{instancePath:(.*),schemaPath:".*?",/;
  const error = /keyword:(".*?"),params:(.*),message:(.*?)(?:,propertyName:key\d+)?\};\n/;
  const push = /if\(vErrors === null\)\{\nvErrors = \[err\d+\];\n\}\nelse \{\nvErrors\.push\(err\d+\);\n\}/;
  return report + code
    .replace(/\{instancePath,(?=schemaPath:|parentData\b)/g, '{instancePath:instancePath,')
    .replace(new RegExp(place.source + error.source + push.source, 'g'), 'vErrors = report(vErrors, $1, $2, $3, $4);')
    .replace(/\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g, 'instancePath=""')
    .replace(/\{instancePath:(.*?),parentData\b.*?,rootData\}/g, '$1');
}
