import { FormProblem, type FormRunner } from '../bots/forms/index.ts';
import type { FormDefinition } from '../definitions/forms/form.ts';
import { formCheck } from '../definitions/functions/form-check.ts';
import { formFill } from '../definitions/functions/form-fill.ts';
import { ledgerPost } from '../definitions/functions/ledger-post.ts';
import type { Artefact, FileContent } from '../definitions/model/artefact.ts';
import type { CallInfo } from '../definitions/model/call.ts';
import { businessException, ProblemError } from '../definitions/model/problem.ts';
import { type LedgerContext, type PostResult, openLedger, postingFromInvoice } from '../bots/ledger/index.ts';
import type { LedgerSettings } from '../definitions/settings.ts';
import { invoiceKey } from '../bots/documents/index.ts';
import { activity, type ActivityContext } from './activity.ts';

/** A target of the settings with its secrets resolved. */
export type ResolvedTarget = { url: string; user?: string | undefined; password?: string | undefined };

export type FormDependencies = {
  runner: FormRunner;
  target: (name: string) => Promise<ResolvedTarget>;
  ledger: (name: string) => LedgerSettings;
  /** Today's date where the company is, ISO 8601. */
  today: () => string;
  /** Folder of journals. */
  folder: string;
  /** The form of that name beside the definition that the run was started with. */
  form: (hash: string, name: string) => Promise<FormDefinition>;
  artefacts: { put(file: FileContent): Promise<Artefact> };
};

/** `form.fill` and `ledger.post`: both fill forms by the same bot; a ledger may be a journal as well. */
export function createFormActivities(dependencies: FormDependencies) {
  const { runner, target, form, artefacts } = dependencies;
  return {
    [formFill.name]: activity(formFill, async (args, context) => {
      const definition = await form(context.call.definition.hash, args.form);
      const result = await withEvidence(artefacts, async () =>
        runner.run({
          form: definition,
          target: await target(args.target ?? definition.target.name),
          key: args.key,
          values: args.values,
          context,
        }),
      );
      return { ...result, proof: await storeAll(artefacts, result.proof) };
    }),
    [formCheck.name]: activity(formCheck, async (args, context) => {
      const definition = await form(context.call.definition.hash, args.form);
      const { fields, proof } = await withEvidence(artefacts, async () =>
        runner.visit({
          form: definition,
          target: await target(args.target ?? definition.target.name),
          key: formCheck.name,
          values: {},
          context,
        }),
      );
      const ok = fields.every(({ state }) => state === 'holds' || state === 'unseen');
      return { ok, fields, proof: await storeAll(artefacts, proof) };
    }),
    [ledgerPost.name]: activity(ledgerPost, async (args, context) => {
      const reference = invoiceKey(args.invoice);
      if (reference === undefined) {
        throw businessException(
          'incomplete-invoice',
          'the invoice has no supplier or no number, so it cannot be booked once and only once',
        );
      }
      const settings = dependencies.ledger(args.ledger);
      const account = args.account ?? settings.account;
      const posting = postingFromInvoice(args.invoice, { account, reference, costCentre: args.costCentre });
      const result = await withEvidence(artefacts, () => post(dependencies, settings, posting, context));
      const proof = await storeAll(artefacts, result.proof);
      const { outcome, record, date, readBack } = result;
      return { ledger: args.ledger, reference, outcome, record, date, readBack, proof };
    }),
  };
}

async function post(
  dependencies: FormDependencies,
  settings: LedgerSettings,
  posting: ReturnType<typeof postingFromInvoice>,
  context: ActivityContext,
): Promise<PostResult> {
  const ledger = openLedger(settings, {
    runner: dependencies.runner,
    target: dependencies.target,
    folder: dependencies.folder,
    today: dependencies.today,
    form: (name) => dependencies.form(hashOf(context.call), name),
  });
  const ledgerContext: LedgerContext = { signal: context.signal, onProgress: context.onProgress };
  return ledger.post(posting, ledgerContext);
}

/** Stores what a form showed when it failed, so that an operator sees it. */
async function withEvidence<T>(artefacts: FormDependencies['artefacts'], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FormProblem)) throw error;
    const evidence = await storeAll(artefacts, error.evidence);
    throw new ProblemError({ ...error.problem, evidence }, { retryable: error.retryable, cause: error });
  }
}

const hashOf = (call: CallInfo): string => call.definition.hash;

async function storeAll(artefacts: FormDependencies['artefacts'], files: readonly FileContent[]): Promise<Artefact[]> {
  const stored: Artefact[] = [];
  for (const file of files) stored.push(await artefacts.put(file));
  return stored;
}
