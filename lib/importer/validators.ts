import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { transform } from 'esbuild';
import type { Schemas } from './schema';
import { reference } from './share';

/** A unit's compiled schemas as texts of CommonJS modules, so that nothing is compiled when the program starts. */
export interface ValidatorModules {
  /** Functions that say whether a value is right, and no more. */
  readonly verdicts: string;
  /** Functions that leave every error of a wrong value in their `errors`. */
  readonly validators: string;
}

/**
 * @param $defs the unit's schemas
 * @param exported names of those that the modules export, under the same names
 */
export async function validatorModules($defs: Schemas, exported: readonly string[]): Promise<ValidatorModules> {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, inlineRefs: false, code: { source: true, lines: true } });
  ajv.addSchema({ $id: 'unit', $defs });
  const code = standaloneCode(ajv, Object.fromEntries(exported.map((name) => [name, `unit${reference(name).$ref}`])))
    .replace(/\{instancePath,(?=schemaPath:|parentData\b)/g, '{instancePath:instancePath,');
  return { verdicts: await minified(silent(code)), validators: await minified(condensed(code)) };
}

async function minified(code: string): Promise<string> {
  return (await transform(code, { minify: true, treeShaking: true, format: 'cjs', target: 'node20', charset: 'utf8' })).code;
}

// Generated code is regular enough to be rewritten: one statement a line.
const place = /const err\d+ = \{instancePath:(.*),schemaPath:".*?",/;
const error = /keyword:(".*?"),params:(.*),message:(.*?)(?:,propertyName:key\d+)?\};\n/;
const anyError = /const err\d+ = \{.*\};\n/;
const push = /if\(vErrors === null\)\{\nvErrors = \[err\d+\];\n\}\nelse \{\nvErrors\.push\(err\d+\);\n\}/;
const parameters = /\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/;
const handedOn = /\{instancePath:(.*?),parentData\b.*?,rootData\}/;

const report = `function report(errors, instancePath, keyword, params, message) {
  const error = { instancePath, keyword, params, message };
  return errors === null ? [error] : (errors.push(error), errors);
}
`;

/**
 * The same validators in two thirds of the text, which is what loading them costs: one function makes every error, and a validator hands on
 * only the path that it is at. An error has neither `schemaPath`, which means nothing once schemas are shared, nor `propertyName`, which
 * `params` tells.
 */
function condensed(code: string): string {
  return report + code
    .replace(new RegExp(place.source + error.source + push.source, 'g'), 'vErrors = report(vErrors, $1, $2, $3, $4);')
    .replace(new RegExp(parameters, 'g'), 'instancePath=""')
    .replace(new RegExp(handedOn, 'g'), '$1');
}

/** The same validators without a word: they count errors, as they do anyway, and neither make them nor know where they are. */
function silent(code: string): string {
  return code
    .replace(new RegExp(anyError.source + push.source, 'g'), '')
    .replace(/vErrors = vErrors === null \? .*;\nerrors = vErrors\.length;/g, 'errors++;')
    .replace(/if\(vErrors !== null\)\{\nif\(.*\)\{\nvErrors\.length = .*;\n\}\nelse \{\nvErrors = null;\n\}\n\}/g, '')
    .replace(/^(let vErrors = null|validate\d+\.errors = vErrors);$/gm, '')
    .replace(new RegExp(`, ${parameters.source}`, 'g'), '')
    .replace(new RegExp(`, ${handedOn.source}`, 'g'), '');
}
