import type { z } from 'zod';
import { formerInvoiceKey, invoiceKey, numberKey, supplierKey } from '../bots/documents/index.ts';
import type { FormRunner } from '../bots/forms/index.ts';
import {
  type EntryKey,
  type Ledger,
  openLedger,
  type PostedEntry,
  type Posting,
  postingFromInvoice,
} from '../bots/ledger/index.ts';
import type { FormDefinition } from '../core/forms/form.ts';
import { ledgerFind } from '../core/catalogue/ledger-find.ts';
import { ledgerGet } from '../core/catalogue/ledger-get.ts';
import { type LedgerInvoice, ledgerPost, type LedgerPosting } from '../core/catalogue/ledger-post.ts';
import { ledgerReverse } from '../core/catalogue/ledger-reverse.ts';
import type { FileContent } from '../core/model/artefact.ts';
import type { Invoice } from '../core/model/invoice.ts';
import { compareAmounts } from '../core/model/money.ts';
import { businessException } from '../core/model/problem.ts';
import type { NewCoding } from '../store/codings.ts';
import type { LedgerSettings } from '../core/settings/ledgers.ts';
import { activity, type ActivityContext } from './activity.ts';
import { type ArtefactSink, storeAll, withEvidence } from './evidence.ts';
import type { ResolvedTarget } from './forms.ts';

export type LedgerActivityDependencies = {
  runner: FormRunner;
  target: (name: string) => Promise<ResolvedTarget>;
  ledger: (name: string) => LedgerSettings;
  /** Today's date where the company is, ISO 8601. */
  today: () => string;
  /** Folder that journals and folders of import files are relative to. */
  folder: string;
  /** The form of that name beside the definition that the run was started with. */
  form: (hash: string, name: string) => Promise<FormDefinition>;
  artefacts: ArtefactSink;
  /** What the next suggestion of an account is made of. */
  codings: {
    remember(coding: NewCoding): Promise<void>;
    forget(ledger: string, reference: string): Promise<void>;
  };
};

/** `ledger.find`, `ledger.get`, `ledger.post`, `ledger.reverse`: whatever driver the settings give a ledger. */
export function createLedgerActivities(dependencies: LedgerActivityDependencies) {
  const { artefacts, today, codings } = dependencies;
  const open = (name: string, context: ActivityContext): Ledger => {
    const form = (form: string) => dependencies.form(context.call.definition.hash, form);
    return openLedger(dependencies.ledger(name), { ...dependencies, form });
  };
  const booked = async (
    { ledger }: { ledger: string },
    reference: string,
    { proof, ...entry }: PostedEntry & { proof: FileContent[] },
  ) => ({ ledger, reference, ...entry, proof: await storeAll(artefacts, proof) });
  return {
    [ledgerFind.name]: activity(ledgerFind, async (args, context) => {
      const key = keyOf(args);
      const entry = await withEvidence(artefacts, () => open(args.ledger, context).find(key, context));
      if (!entry) return { found: false };
      const differs = differences(args.invoice, entry);
      return { found: true, entry: { ledger: args.ledger, reference: key.reference, ...entry }, differs };
    }),
    [ledgerGet.name]: activity(ledgerGet, async (args, context) => {
      const key = keyOf(args);
      const entry = await withEvidence(artefacts, () => open(args.ledger, context).get(key, context));
      return { ...(await booked(args, key.reference, entry)), lines: entry.lines, reversedBy: entry.reversedBy };
    }),
    [ledgerPost.name]: activity(ledgerPost, async (args, context) => {
      const posting = postingOf(args, dependencies.ledger(args.ledger));
      const result = await withEvidence(artefacts, () => open(args.ledger, context).post(posting, context));
      await codings.remember(codingOf(args, posting));
      return { ...(await booked(args, posting.reference, result)), outcome: result.outcome };
    }),
    [ledgerReverse.name]: activity(ledgerReverse, async (args, context) => {
      const posting = postingOf(args, dependencies.ledger(args.ledger));
      const reversal = { date: args.date ?? today(), reason: args.reason };
      const ledger = open(args.ledger, context);
      const result = await withEvidence(artefacts, () => ledger.reverse(posting, reversal, context));
      await codings.forget(args.ledger, posting.reference);
      return { ...(await booked(args, posting.reference, result)), outcome: result.outcome };
    }),
  };
}

function postingOf({ invoice, ...args }: z.infer<typeof LedgerPosting>, settings: LedgerSettings): Posting {
  const account = args.account ?? settings.account;
  return postingFromInvoice(invoice, {
    account,
    reference: referenceOf(invoice),
    formerly: formerInvoiceKey(invoice),
    costCentre: args.costCentre ?? undefined,
  });
}

/** What this booking teaches about its supplier. */
function codingOf({ ledger, invoice, chosenBy }: z.infer<typeof LedgerPosting>, posting: Posting): NewCoding {
  const { reference, number, account, costCentre } = posting;
  const supplier = supplierKey(invoice) ?? posting.supplier;
  return { ledger, reference, supplier, number, account, costCentre, chosenBy: chosenBy ?? undefined };
}

/** Where what was found under the number is not this invoice, of the values that the ledger shows. */
function differences({ number, currency, totals }: Invoice, { readBack }: PostedEntry) {
  const amounts = Object.entries(totals).flatMap(([field, invoice]) => {
    const booked = readBack[field];
    const same = booked === undefined || compareAmounts(invoice, booked) === 0;
    return same ? [] : [{ field, invoice, booked }];
  });
  const texts = Object.entries({ number: numberKey(number), currency }).flatMap(([field, invoice]) => {
    const booked = field === 'number' ? numberKey(readBack[field]) : readBack[field];
    return invoice === undefined || booked === undefined || invoice === booked ? [] : [{ field, invoice, booked }];
  });
  return [...texts, ...amounts];
}

function keyOf({ invoice }: z.infer<typeof LedgerInvoice>): EntryKey {
  const { number = '', seller } = invoice;
  const { name: supplier = '', vatId: supplierVatId } = seller;
  const formerly = formerInvoiceKey(invoice);
  return { reference: referenceOf(invoice), formerly, number, supplier, ...(supplierVatId ? { supplierVatId } : {}) };
}

function referenceOf(invoice: Invoice): string {
  const reference = invoiceKey(invoice);
  if (reference !== undefined) return reference;
  throw businessException(
    'incomplete-invoice',
    'the invoice has no supplier or no number, so it cannot be booked once and only once',
  );
}
