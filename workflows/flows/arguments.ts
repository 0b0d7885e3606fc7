import { patched } from '@temporalio/workflow';
import { z } from 'zod';
import { Invoice } from '../../core/model/invoice.ts';
import { standardFault } from '../run/errors.ts';

/** Runs from before subjects dropped what an invoice does not know: to the end they take the steps that they took then. */
const STRICT_PATCH = 'approval-about-strict';

/**
 * The arguments of a flow, by its schema.
 * @throws a validation fault that names each wrong argument: the run parks, and an operator can put it right.
 */
export function flowArguments<T extends z.ZodType>(name: string, schema: T, args: unknown): z.infer<T> {
  const parsed = schema.safeParse(args);
  if (parsed.success) return parsed.data;
  throw standardFault('validation', `${name}: ${z.prettifyError(parsed.error)}`);
}

/** What is asked about as runs of before took it: with unknown keys left out in silence. */
export function aboutAsBefore(args: unknown): unknown {
  if (patched(STRICT_PATCH) || typeof args !== 'object' || args === null || !('about' in args)) return args;
  const invoice = Invoice.safeParse(args.about);
  return invoice.success ? { ...args, about: invoice.data } : args;
}
