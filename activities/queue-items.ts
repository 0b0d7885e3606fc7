import { z } from 'zod';
import { invoiceKey } from '../bots/documents/index.ts';
import type { FormDefinition } from '../core/forms/form.ts';
import { findFunction } from '../core/catalogue/catalogue.ts';
import type { QueueTarget } from '../core/catalogue/define.ts';
import type { CallInfo } from '../core/model/call.ts';
import { Invoice } from '../core/model/invoice.ts';
import { applicationException } from '../core/model/problem.ts';
import type { QueueItem } from '../core/model/queue.ts';
import type { LedgerSettings } from '../core/settings/ledgers.ts';

const AboutInvoice = z.looseObject({ invoice: Invoice });

/** Where targets are named: the settings of a ledger, and the form files of a definition. */
export type Targets = {
  ledger: (name: string) => LedgerSettings;
  /** The form of that name beside the definition that the run was started with. */
  form: (hash: string, name: string) => Promise<FormDefinition>;
};

/** The queue that a call goes into, its arguments checked, and what people see of it there. */
export type Placed = {
  queue: string;
  args: unknown;
  shown: Pick<QueueItem, 'reference' | 'title' | 'priority' | 'due'>;
};

/** Places a call of a function that goes through the queue of its target. */
export async function place(name: string, given: unknown, call: CallInfo, targets: Targets): Promise<Placed> {
  const spec = findFunction(name);
  if (!spec?.queued) throw applicationException('configuration', `${name} is not a function that goes through a queue`);
  const args = checked(name, spec.with, given);
  const { reference = referenceOf(args, call), title, priority, due } = spec.queued.entry(args);
  const queue = await queueOf(spec.queued.target(args), call, targets);
  return { queue, args, shown: { reference, title, priority, ...(due && { due }) } };
}

/** One queue for each target, since it has one user and one session; files are a target each. */
async function queueOf(where: QueueTarget, { definition }: CallInfo, targets: Targets): Promise<string> {
  if ('form' in where) return where.target ?? (await targets.form(definition.hash, where.form)).target.name;
  const settings = targets.ledger(where.ledger);
  return 'target' in settings ? settings.target : `ledger-${where.ledger}`;
}

/** The business key of the invoice that the call is about; without one, the key of the call. */
function referenceOf(args: unknown, { key }: CallInfo): string {
  const { data } = AboutInvoice.safeParse(args);
  return (data && invoiceKey(data.invoice)) ?? key;
}

/** The whole `with` by the function's own schema. */
function checked<W extends z.ZodType>(name: string, schema: W, args: unknown): z.infer<W> {
  const whole = schema.safeParse(args);
  if (whole.success) return whole.data;
  const detail = `${name}: ${whole.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
  throw applicationException('validation', detail, { retryable: false });
}
