import type { Role } from '../../../core/model/access.ts';
import type { DecisionVerb } from '../../../core/model/approval.ts';
import { definitions } from './definitions.en.ts';
import { requests } from './requests.en.ts';
import { operating } from './operating.en.ts';

/** Texts of the pages behind the sign-in. The type of this object is the list that every language must fill. */
export const en = {
  nav: {
    label: 'Pages',
    tasks: 'My tasks',
    requests: 'My requests',
    passkeys: 'Passkeys',
    definitions: 'Definitions',
    parked: 'Parked runs',
    audit: 'Audit trail',
    people: 'People',
    signOut: 'Sign out',
    skip: 'Skip to content',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Enter your e-mail address. We will send you a code.',
    email: 'E-mail address',
    send: 'Send the code',
    codeTitle: 'Enter the code',
    codeLead: 'If we know this address, we have e-mailed a six-digit code to it. The code is valid for 20 minutes.',
    code: 'Code from the e-mail',
    enter: 'Sign in',
    again: 'Send another code',
    wrong: 'This code is wrong or has expired. After five attempts you need a new one.',
    out: 'You have signed out.',
    mail: {
      subject: 'Your sign-in code',
      text: (name: string, code: string, link: string) =>
        `Hello ${name},\n\nYour sign-in code is\n\n${code}\n\nEnter it on this page: ${link}\n\nIt is valid for 20 minutes and works once. If you did not ask for it, you can ignore this e-mail. Never share this code. We will never ask for it.\n`,
    },
  },
  first: {
    title: 'First administrator',
    lead: 'You are the first administrator. There is no password; we e-mail you a code each time you sign in.',
    name: 'Your name',
    language: 'Language',
    create: 'Become administrator',
    over: 'This link no longer works: it has expired, or there is already an administrator.',
    wrong: 'Please enter your name and a valid e-mail address.',
  },
  languages: { pl: 'Polish', en: 'English' },
  forbidden: {
    title: 'You do not have access to this page',
    detail: 'Your roles do not include it. An administrator can give you the role you need.',
  },
  form: { expired: 'Your session has changed. Please check the form and send it again.' },
  tasks: {
    title: 'My tasks',
    waiting: 'Waiting for you',
    none: 'Nothing is waiting for you.',
    kinds: { approval: 'Approve', validation: 'Check the fields', task: 'To do' },
    standingIn: (name: string) => `on behalf of ${name}`,
    until: (when: string) => `until ${when}`,
    start: 'Start with the first document',
    decided: 'Your decisions',
    noneDecided: 'You have not decided anything yet.',
    verbs: {
      approved: 'approved',
      rejected: 'rejected',
      corrected: 'corrected',
      confirmed: 'confirmed',
      done: 'done',
    } satisfies Record<DecisionVerb, string> as Record<string, string>,
  },
  passkeys: {
    title: 'Passkeys',
    own: 'Your passkeys',
    lead: 'For approvals above a limit, you can use your fingerprint, face or device PIN instead of a code.',
    none: 'You have not set up a passkey yet.',
    since: (when: string) => `since ${when}`,
    used: (when: string) => `last used ${when}`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    another: 'Set up a passkey on this device',
    name: 'Device name',
    nameHint: 'A name you will recognise, for example “work laptop”.',
    add: 'Set up',
    failed: 'The passkey could not be set up. Please try again, or use another browser.',
    tooMany: 'You have reached the limit for passkeys. Remove one first.',
    needsHttps: 'Passkeys work only at an https address. Until then, please use a code.',
  },
  substitutes: {
    title: 'Your substitutes',
    lead: 'On these days they are asked instead of you, and decide in their own name. You can still decide yourself.',
    none: 'Nobody is standing in for you.',
    range: (from: string, to: string) => `${from} to ${to}`,
    who: 'Substitute',
    from: 'First day',
    to: 'Last day',
    add: 'Add',
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    standIn: 'You are standing in for',
    wrong: 'Please choose someone other than yourself, and a last day on or after the first.',
  },
  people: {
    title: 'People',
    lead: 'Approvers named in the settings can sign in without an entry here.',
    name: 'Name',
    roles: 'Roles',
    roleNames: {
      author: 'author',
      operator: 'operator',
      approver: 'approver',
      auditor: 'auditor',
      admin: 'administrator',
    } satisfies Record<Role, string>,
    departments: 'Departments an author works for (leave empty for all)',
    add: 'Add a person',
    save: 'Save',
    remove: 'Remove all roles',
    removed: 'no roles',
    edit: (name: string) => `Edit ${name}`,
    wrong:
      'Please enter a name and a valid e-mail address, and choose at least one role. Departments are written as in the names of definitions, for example: finance hr.',
    last: 'You are the only administrator. Appoint another one first.',
  },
  audit: {
    title: 'Audit trail',
    lead: 'Each entry is chained to the one before it, so a change or a gap is detected.',
    whole: (entries: number) => `The audit trail is intact (${entries} entries).`,
    broken: (seq: number) =>
      `The audit trail is broken at entry ${seq}. Leave the database as it is and inform the person responsible for it.`,
    verify: 'Verify the audit trail',
    csv: 'Export as CSV',
    jsonl: 'Export as JSON lines',
    columns: { seq: 'No.', at: 'When', actor: 'Who', action: 'What', run: 'Run', details: 'Details' },
    older: 'Older',
    newest: 'Newest',
    none: 'There are no entries yet.',
    filter: 'Entries for one run',
    show: 'Show',
  },
  definitions,
  operating,
  requests,
};

/** Without literal types: other languages say it in other words. */
export type DeskMessages = Widen<typeof en>;
type Widen<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Widen<T[K]>;
};
