import type { SchemaObject, ValidateFunction } from 'ajv';
import schema from './schema.json';
import * as validators from './validator';

/** What users write of one type: the compiled check, and the schema for saying what was expected. */
export interface OptionType {
  readonly validate: ValidateFunction;
  readonly schema: SchemaObject;
}

/** What `main.ts` exports. */
export const fleetType: OptionType = { validate: validators.FleetOptions, schema: { $ref: '#/$defs/FleetOptions', $defs: schema.$defs } };

/** What an instance file exports. */
export const homeserverType: OptionType = { validate: validators.HomeserverOptions, schema: { $ref: '#/$defs/HomeserverOptions', $defs: schema.$defs } };
