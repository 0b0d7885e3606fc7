import { Validator } from '@cfworker/json-schema';
import type { DataSchema } from '../../core/language/types.ts';
import { READ_RESOURCE_ACTIVITY } from '../../core/model/run.ts';
import { runArguments } from './arguments.ts';
import { callActivity } from '../run/activities.ts';
import { resolveEndpoint } from './endpoints.ts';
import { standardFault } from '../run/errors.ts';
import type { Place } from '../run/place.ts';

/** Findings that a message names; a wrong list of a thousand rows would drown the first one. */
const MAX_FINDINGS = 5;

/** Compiled by the schema object itself: definitions do not change while they run. */
const validators = new WeakMap<object, Validator>();

/**
 * Checks data against a schema (DSL "Schema"); `what` names the data in the message. Throws a fault of type
 * `validation`. An interpreting validator: the sandbox forbids those that generate code.
 */
export async function validate(
  place: Place,
  schema: DataSchema | undefined,
  data: unknown,
  what: string,
): Promise<void> {
  if (!schema) return;
  const validator = await validatorOf(place, schema);
  const { valid, errors } = validator.validate(data);
  if (valid) return;
  // The validator reports a failure at every level above the one that matters: the deepest say most.
  const deepest = errors.toSorted((a, b) => depth(b.instanceLocation) - depth(a.instanceLocation));
  const findings = deepest.slice(0, MAX_FINDINGS).map((error) => `${error.instanceLocation}: ${error.error}`);
  throw standardFault('validation', `${what} does not match its schema: ${findings.join('; ')}`);
}

const depth = (location: string): number => location.split('/').length;

async function validatorOf(place: Place, schema: DataSchema): Promise<Validator> {
  const format = schema.format ?? 'json';
  if (format.split(':')[0] !== 'json') {
    throw standardFault('configuration', `schema format "${format}" is not supported: use json`);
  }
  const known = validators.get(schema);
  if (known) return known;
  const document = 'resource' in schema ? await readSchema(place, schema) : schema.document;
  if (typeof document !== 'boolean' && (typeof document !== 'object' || document === null)) {
    throw standardFault('configuration', 'the schema is not a JSON Schema: an object is expected');
  }
  const validator = new Validator(document, '2020-12', false);
  validators.set(schema, validator);
  return validator;
}

async function readSchema(place: Place, schema: Extract<DataSchema, { resource: unknown }>): Promise<unknown> {
  const endpoint = resolveEndpoint(place, schema.resource.endpoint, null, runArguments(place.run));
  return callActivity(place, READ_RESOURCE_ACTIVITY, { endpoint });
}
