import type { z } from 'zod';
import { invoiceKey } from '../bots/documents/index.ts';
import type { FormDefinition } from '../core/forms/form.ts';
import { findFunction } from '../core/catalogue/catalogue.ts';
import { formCheck } from '../core/catalogue/form-check.ts';
import { formFill } from '../core/catalogue/form-fill.ts';
import type { LedgerInvoice } from '../core/catalogue/ledger-post.ts';
import type { CallInfo } from '../core/model/call.ts';
import { applicationException } from '../core/model/problem.ts';
import type { QueueItem } from '../core/model/queue.ts';
import type { LedgerSettings } from '../core/settings/ledgers.ts';

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
  if (name === formFill.name) return placeForm(checked(name, formFill.with, given), call, targets);
  if (name === formCheck.name) {
    const args = checked(name, formCheck.with, given);
    return { ...(await placeForm({ ...args, key: formCheck.name, priority: 'low' }, call, targets)), args };
  }
  const spec = findFunction(name);
  if (!spec?.queued) throw applicationException('configuration', `${name} is not a function that goes through a queue`);
  // Of this, every function of a ledger has ledger, invoice and priority.
  return placeInvoice(checked(name, spec.with, given) as z.infer<typeof LedgerInvoice>, call, targets);
}

type FormArguments = Pick<z.infer<typeof formFill.with>, 'form' | 'target' | 'key' | 'priority' | 'due'>;

async function placeForm(args: FormArguments, { definition }: CallInfo, targets: Targets): Promise<Placed> {
  const { form, key, priority, due } = args;
  const queue = args.target ?? (await targets.form(definition.hash, form)).target.name;
  // One key in two forms is two records.
  return {
    queue,
    args,
    shown: { reference: `${form} ${key}`, title: `${form} · ${key}`, priority, ...(due && { due }) },
  };
}

function placeInvoice(args: z.infer<typeof LedgerInvoice>, { key }: CallInfo, targets: Targets): Placed {
  const { ledger, invoice, priority } = args;
  const { number, seller, totals, currency, dueDate } = invoice;
  const settings = targets.ledger(ledger);
  const title = [number, seller.name, totals.gross && `${totals.gross} ${currency ?? ''}`].filter(Boolean).join(' · ');
  return {
    // One queue for each target, since it has one user and one session; files are a target each.
    queue: 'target' in settings ? settings.target : `ledger-${ledger}`,
    args,
    shown: { reference: invoiceKey(invoice) ?? key, title, priority, ...(dueDate && { due: dueDate }) },
  };
}

/** The whole `with` by the function's own schema. */
function checked<W extends z.ZodType>(name: string, schema: W, args: unknown): z.infer<W> {
  const whole = schema.safeParse(args);
  if (whole.success) return whole.data;
  const detail = `${name}: ${whole.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
  throw applicationException('validation', detail, { retryable: false });
}
