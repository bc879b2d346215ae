import type { ValidateFunction } from 'ajv';

export const FleetOptions: ValidateFunction;
export const HomeserverOptions: ValidateFunction;
