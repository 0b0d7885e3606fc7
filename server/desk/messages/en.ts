import type { Role } from '../../../core/model/access.ts';
import type { DecisionVerb } from '../../../core/model/approval.ts';
import { definitions } from './definitions.en.ts';
import { operating } from './operating.en.ts';

/** Texts of the pages behind the sign-in. The type of this object is the list that every language must fill. */
export const en = {
  nav: {
    label: 'Pages',
    tasks: 'My tasks',
    passkeys: 'Passkeys',
    definitions: 'Definitions',
    parked: 'Parked runs',
    audit: 'Audit trail',
    people: 'People',
    signOut: 'Sign out',
    skip: 'Skip to the content',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Write your e-mail address. We send you a code.',
    email: 'E-mail address',
    send: 'Send the code',
    codeTitle: 'Type the code',
    codeLead: 'If we know this address, a mail with a code of six digits is on its way. It holds for 20 minutes.',
    code: 'Code from the mail',
    enter: 'Sign in',
    again: 'Send another code',
    wrong: 'This code does not fit, or it has expired. After five tries you need another one.',
    out: 'You are signed out.',
    mail: {
      subject: 'Your code to sign in',
      text: (name: string, code: string, link: string) =>
        `Hello ${name},\n\nyour code to sign in is\n\n${code}\n\nType it on this page: ${link}\n\nIt holds for 20 minutes and works once. If you did not ask for it, you need do nothing. Give it to nobody: nobody of us asks for it.\n`,
    },
  },
  first: {
    title: 'First administrator',
    lead: 'This installation has no administrator yet. You become it; there is no password.',
    name: 'Your name',
    language: 'Language',
    create: 'Become administrator',
    over: 'This link does not work any more: there is an administrator, or the link has expired.',
    wrong: 'Please write your name and a valid e-mail address.',
  },
  languages: { pl: 'Polish', en: 'English' },
  forbidden: {
    title: 'This page is not for you',
    detail: 'Your roles do not include it. An administrator can give them to you.',
  },
  form: { expired: 'This form does not belong to your session. Please look once more, then send it again.' },
  tasks: {
    title: 'My tasks',
    waiting: 'Waiting for you',
    none: 'Nothing is waiting for you.',
    approve: 'Approve',
    check: 'Check the fields',
    standingIn: (name: string) => `in place of ${name}`,
    until: (when: string) => `until ${when}`,
    start: 'Start with the first document',
    decided: 'You decided',
    noneDecided: 'You have not decided anything yet.',
    verbs: {
      approved: 'approved',
      rejected: 'rejected',
      corrected: 'corrected',
      confirmed: 'confirmed',
    } satisfies Record<DecisionVerb, string> as Record<string, string>,
  },
  passkeys: {
    title: 'Passkeys',
    own: 'Your passkeys',
    lead: 'For approvals above a limit your fingerprint, your face or the PIN of your device takes the place of a code.',
    none: 'You have not set one up yet.',
    since: (when: string) => `since ${when}`,
    used: (when: string) => `last used ${when}`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    another: 'Set up a passkey on this device',
    name: 'Name of the device',
    nameHint: 'So that you know it again, for example “work laptop”.',
    add: 'Set up',
    failed: 'The passkey could not be set up. Please try again, or use another browser.',
    tooMany: 'You have enough passkeys: please remove one first.',
    needsHttps: 'Passkeys need an https address. Until then a code takes their place.',
  },
  substitutes: {
    title: 'Your substitutes',
    lead: 'On these days they are asked too, and decide under their own name.',
    none: 'Nobody stands in for you.',
    range: (from: string, to: string) => `${from} to ${to}`,
    who: 'Substitute',
    from: 'First day',
    to: 'Last day',
    add: 'Add',
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    standIn: 'You stand in for',
    wrong: 'Please choose another person, and a last day that is not before the first.',
  },
  people: {
    title: 'People',
    lead: 'Approvers of the settings sign in without an entry here.',
    name: 'Name',
    roles: 'Roles',
    roleNames: {
      author: 'author',
      operator: 'operator',
      approver: 'approver',
      auditor: 'auditor',
      admin: 'administrator',
    } satisfies Record<Role, string>,
    add: 'Add a person',
    save: 'Save',
    remove: 'Take all rights away',
    removed: 'no rights',
    edit: (name: string) => `Change ${name}`,
    wrong: 'Please write a name and a valid e-mail address, and choose at least one role.',
    last: 'You are the only administrator: make another one first.',
  },
  audit: {
    title: 'Audit trail',
    lead: 'Every entry covers the one before it: a change or a gap shows.',
    whole: (entries: number) => `The trail is whole: ${entries} entries.`,
    broken: (seq: number) =>
      `The trail is broken at entry ${seq}. Keep the database as it is and tell whoever answers for it.`,
    verify: 'Verify the whole trail',
    csv: 'Export as CSV',
    jsonl: 'Export as JSON lines',
    columns: { seq: 'No.', at: 'When', actor: 'Who', action: 'What', run: 'Run', details: 'Details' },
    older: 'Older',
    newest: 'Newest',
    none: 'Nothing has happened yet.',
    filter: 'Entries of one run',
    show: 'Show',
  },
  definitions,
  operating,
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
