import { resolve as resolvePath } from 'node:path';
import { createApprovalActivities } from '../activities/approvals/index.ts';
import type { OwnService } from '../activities/calls/own-services.ts';
import { createCallActivities } from '../activities/calls/index.ts';
import { createGuard, type Guard, guarded, noted } from '../activities/departments.ts';
import { createCodingActivities } from '../activities/coding.ts';
import { createDocumentActivities } from '../activities/documents.ts';
import { createEngineActivities } from '../activities/events.ts';
import { createFormActivities, type ResolvedTarget } from '../activities/forms.ts';
import { createFileActivities } from '../activities/files.ts';
import { createInvoiceActivities } from '../activities/invoices.ts';
import { createLedgerActivities } from '../activities/ledger.ts';
import { createMailActivities } from '../activities/mail.ts';
import { createMailboxActivities } from '../activities/mailbox.ts';
import { createProcessActivities } from '../activities/processes.ts';
import { createQueueActivities, createWorkActivity, type Queues } from '../activities/queue.ts';
import { createRecordActivities } from '../activities/records.ts';
import { createSendOnce } from '../activities/send-once.ts';
import { createSheetActivities } from '../activities/sheets.ts';
import { createTableActivities } from '../activities/tables.ts';
import type { DocumentReader } from '../bots/documents/index.ts';
import type { FormRunner } from '../bots/forms/index.ts';
import { createMailer, domainOf } from '../bots/mail/index.ts';
import type { ActivityName } from '../core/catalogue/catalogue.ts';
import type { Capability } from '../core/catalogue/define.ts';
import type { LinkClaims } from '../core/model/approval-links.ts';
import type { CallInfo } from '../core/model/call.ts';
import { createBorders } from '../core/departments/borders.ts';
import type { ProofKeys } from '../core/model/proof.ts';
import type { CatalogueActivity } from '../core/model/call.ts';
import type { NamesOf } from '../core/model/names.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { SendDeskMail } from '../server/desk/sign-in/codes.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import type { Store } from '../store/index.ts';
import { callsOf } from './calls.ts';
import { createDefinitionFiles } from './definition-files.ts';
import { createPlaces } from './places.ts';
import { createResolver } from './resolve.ts';
import type { Secrets } from '../installation/secrets.ts';

/** What activities are made of. Readers and browsers start only where their capability runs. */
export type Parts = {
  home: string;
  settings: Settings;
  secrets: Secrets;
  store: Store;
  /** Services of the installation that no call reaches. */
  ownServices: OwnService[];
  publish: (event: CloudEvent) => Promise<unknown>;
  isAbandoned: (run: string) => Promise<boolean>;
  queues: Queues;
  signLink: (claims: LinkClaims) => string;
  /** Makes names that outsiders cannot work out. */
  namesOf: NamesOf;
  proofKeys: () => ProofKeys;
  reader: () => DocumentReader;
  runner: () => FormRunner;
};

/**
 * What a worker registers. Each function of the catalogue that is an activity of the capability must be there: one that
 * was declared and not written does not compile.
 */
type ActivitiesOf<C extends Capability> = Record<ActivityName<C>, CatalogueActivity>;
type Activities = Record<string, CatalogueActivity>;

/** Activities of one capability: what its worker registers on its task queue. */
export function activitiesOf(capability: Capability, parts: Parts): Activities {
  const makers: { [C in Capability]: () => ActivitiesOf<C> } = {
    engine: () => engine(parts),
    documents: () =>
      createDocumentActivities({
        reader: parts.reader(),
        artefacts: parts.store.artefacts,
        ownVatId: parts.settings.company.vatId,
        memoryOf: (vatId) => parts.store.suppliers.memoryOf(vatId),
        passwords: () => Promise.all(parts.settings.documents.passwords.map((name) => parts.secrets.get(name))),
      }),
    browser: () => browser(parts),
    mail: () => mail(parts),
  };
  return makers[capability]();
}

function engine(parts: Parts): ActivitiesOf<'engine'> {
  const { settings, store } = parts;
  const files = createDefinitionFiles(store.definitions);
  const sendOnce = sender(parts);
  const processes = { ...settings.processes, path: process.env['PATH'] ?? '' };
  const guard = guardOf(parts);
  const calls = callsOf(parts, guard, files.text);
  return {
    ...noted(createEngineActivities({ ...parts, definitions: store.definitions, events: store.events, guard }), guard),
    ...guarded(createCallActivities(calls), guard),
    ...guarded(
      createProcessActivities((call) => ({ ...calls(call), processes })),
      guard,
    ),
    ...guarded(
      createQueueActivities({
        queues: parts.queues,
        targets: {
          ledger: createResolver(settings, parts.secrets).ledger,
          form: (hash, name) => files.form(hash, name),
        },
        artefacts: store.artefacts,
      }),
      guard,
    ),
    ...createInvoiceActivities({
      claims: store.claims,
      isAbandoned: parts.isAbandoned,
      invoicesOf: (run) => store.suppliers.invoicesOf(run),
      memoryOf: (vatId) => store.suppliers.memoryOf(vatId),
      today: today(settings),
    }),
    ...guarded(createRecordActivities({ records: store.records, definitionFile: files.text }), guard),
    ...createApprovalActivities({
      store,
      settings,
      signLink: parts.signLink,
      namesOf: parts.namesOf,
      proofKeys: parts.proofKeys,
      sendMail: ({ key, to, subject, text, html, language, inReplyTo }) =>
        sendOnce(key, {
          to: [to.address],
          subject,
          text,
          html,
          language,
          ...(inReplyTo && { replyTo: { messageId: inReplyTo } }),
        }),
    }),
  };
}

function browser(parts: Parts): ActivitiesOf<'browser'> {
  const resolve = createResolver(parts.settings, parts.secrets);
  const files = createDefinitionFiles(parts.store.definitions);
  const { artefacts } = parts.store;
  const guard = guardOf(parts);
  const shared = {
    artefacts,
    runner: parts.runner(),
    target: (name: string) => resolve.target(name),
    form: (hash: string, name: string) => files.form(hash, name),
  };
  const target = async (name: string, call: CallInfo): Promise<ResolvedTarget> => {
    guard.use(call, { kind: 'targets', name });
    return resolve.target(name);
  };
  const unguarded = {
    ...createFormActivities({ ...shared, target }),
    ...createLedgerActivities({
      ...shared,
      ledger: resolve.ledger,
      codings: parts.store.codings,
      folder: parts.home,
      today: today(parts.settings),
    }),
  };
  const activities = guarded(unguarded, guard);
  return { ...activities, ...createWorkActivity(activities, artefacts) };
}

function mail(parts: Parts): ActivitiesOf<'mail'> {
  const { settings, store } = parts;
  const place = createPlaces(parts);
  const resolve = createResolver(settings, parts.secrets);
  const files = createDefinitionFiles(store.definitions);
  const activities = {
    ...createMailActivities({
      sendOnce: sender(parts),
      artefacts: store.artefacts,
      definitionFile: (hash, path) => files.text(hash, path),
    }),
    ...createMailboxActivities({ mailbox: (name) => resolve.mailbox(name), audit: store.audit, mails: store.mails }),
    ...createCodingActivities({
      codings: store.codings,
      ledger: resolve.ledger,
      definitionFile: (hash, path) => files.text(hash, path),
      folder: resolvePath(parts.home, settings.sheets),
    }),
    ...createSheetActivities({ folder: resolvePath(parts.home, settings.sheets) }),
    ...createTableActivities({ artefacts: store.artefacts, folder: resolvePath(parts.home, settings.sheets), place }),
    ...createFileActivities({ place, artefacts: store.artefacts, puts: store.filePuts }),
  };
  return guarded(activities, guardOf(parts));
}

function guardOf({ settings, store }: Parts): Guard {
  return createGuard(createBorders(settings), store.audit);
}

/** Sends the mails of the pages themselves, such as codes to sign in. */
export function deskMailer(parts: Parts): SendDeskMail {
  const sendOnce = sender(parts);
  return ({ key, to, subject, text, language }) => sendOnce(key, { to: [to], subject, text, language });
}

function sender({ settings, secrets, store, namesOf }: Parts) {
  const resolve = createResolver(settings, secrets);
  const mailer = async () => createMailer(await resolve.smtp());
  return createSendOnce({ mailer, outbox: store.outbox, namesOf, domain: domainOf(settings.smtp.from) });
}

/** Today's date in the company's time zone, ISO 8601 (the format of Swedish dates). */
function today({ timeZone }: Settings): () => string {
  return () => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
}
