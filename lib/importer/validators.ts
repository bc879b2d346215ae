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
  const { code: minified } = await transform(condensed(code), { minify: true, treeShaking: true, format: 'cjs', target: 'node20', charset: 'utf8' });
  return minified;
}

/**
 * The same validators in a third of the text, which is what loading them costs: one function makes every error, a validator hands on only the
 * path that it is at, and an error has neither `schemaPath`, which means nothing once schemas are shared, nor `propertyName`, which `params` tells.
 */
function condensed(code: string): string {
  const report = 'function report(errors, instancePath, keyword, params, message) {\n'
    + '  const error = { instancePath, keyword, params, message };\n'
    + '  return errors === null ? [error] : (errors.push(error), errors);\n}\n';
  return report + code
    .replace(/\{instancePath,(?=schemaPath:|parentData\b)/g, '{instancePath:instancePath,')
    .replace(
      /const (err\d+) = \{instancePath:(.*),schemaPath:".*?",keyword:(".*?"),params:(.*),message:(.*?)(?:,propertyName:key\d+)?\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g,
      'vErrors = report(vErrors, $2, $3, $4, $5);',
    )
    .replace(/\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g, 'instancePath=""')
    .replace(/\{instancePath:(.*?),parentData\b.*?,rootData\}/g, '$1');
}
