import { soleExpression } from '../../core/expressions/template.ts';
import type { Authentication, Endpoint } from '../../core/language/types.ts';
import { standardFault } from '../run/errors.ts';
import type { Arguments } from './expressions.ts';
import type { Place } from '../run/place.ts';
import { isRecord } from '../../core/model/is-record.ts';

/** An endpoint as activities get it: no expressions, no templates, no references any more. */
export type ResolvedEndpoint = { uri: string; authentication?: unknown };

/** Resolves an endpoint (DSL "Endpoint") against the task's input. */
export function resolveEndpoint(place: Place, endpoint: Endpoint, input: unknown, args: Arguments): ResolvedEndpoint {
  const written = typeof endpoint === 'string' ? endpoint : endpoint.uri;
  const uri = resolveUri(place, written, input, args);
  // An expression may give a whole endpoint.
  if (typeof uri !== 'string') {
    if (!isEndpointObject(uri)) {
      throw standardFault('expression', `the endpoint ${written} is not a URI but ${JSON.stringify(uri)}`);
    }
    return uri;
  }
  const authentication = typeof endpoint === 'string' ? undefined : endpoint.authentication;
  return { uri, ...(authentication && { authentication: resolveAuthentication(place, authentication, input, args) }) };
}

/** A policy with its expressions evaluated; `use: name` replaced by what `use.authentications` says. */
export function resolveAuthentication(
  place: Place,
  authentication: Authentication,
  input: unknown,
  args: Arguments,
): unknown {
  if (!('use' in authentication)) return evaluated(place, authentication, input, args);
  const policy = place.run.definition.use?.authentications?.[authentication.use];
  if (!policy) {
    throw standardFault(
      'configuration',
      `authentication "${authentication.use}" is not defined under use.authentications`,
    );
  }
  return evaluated(place, policy, input, args);
}

/**
 * The authority of OAuth2 and OpenID Connect is a URI template, as endpoints are. It is expanded as the definition wrote
 * it, before anything is evaluated: braces in data are no templates.
 */
function evaluated(place: Place, policy: object, input: unknown, args: Arguments): unknown {
  const entries = Object.entries(policy).map(([scheme, properties]: [string, unknown]) => {
    const authority = isRecord(properties) ? properties['authority'] : undefined;
    if (typeof authority !== 'string' || !isRecord(properties)) return [scheme, properties];
    return [scheme, { ...properties, authority: expandTemplate(authority, input) }];
  });
  return place.run.evaluator.value(Object.fromEntries(entries), input, args);
}

function resolveUri(place: Place, written: string, input: unknown, args: Arguments): unknown {
  if (soleExpression(written) !== undefined) return place.run.evaluator.expression(written, input, args);
  return expandTemplate(written, input);
}

/**
 * RFC 6570 Simple String Expansion (3.2.2) with the top-level properties of the input (DSL "URI Template"): what is
 * missing becomes nothing, what is no scalar is an error of type `expression`.
 */
export function expandTemplate(template: string, input: unknown): string {
  return template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const value: unknown = isRecord(input) && Object.hasOwn(input, name) ? input[name] : undefined;
    if (value === undefined || value === null) return '';
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw standardFault(
        'expression',
        `{${name}} in ${template}: only texts, numbers and booleans can stand in a URI`,
      );
    }
    return encodeURIComponent(String(value));
  });
}

function isEndpointObject(value: unknown): value is ResolvedEndpoint {
  return isRecord(value) && typeof value['uri'] === 'string';
}
