import { JqError } from '../errors.ts';

/** The error of a pattern that cannot be used, in jq's words where jq has them. */
export function regexFailure(message: string): JqError {
  return new JqError(`Regex failure: ${message}`);
}

/** The error of a construct that no matcher of linear time can have. */
export function notLinear(construct: string): JqError {
  return regexFailure(`${construct} is not supported, because it cannot be matched in linear time`);
}
