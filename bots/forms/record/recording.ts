import type { BrowserContext } from 'playwright-core';
import type { Example } from './example.ts';
import type { Gesture, Row } from './in-page.ts';
import type { Start } from './start.ts';

/** Parts of a recording, in order. What the person does in each is written under the part of the same name. */
export const PHASES = ['login', 'search', 'write', 'commit', 'find'] as const;
export type Phase = (typeof PHASES)[number];

/** What the recorder says to the person and hears from them. */
export type Conversation = {
  /** Says what to do now; resolves when the person has done it. `problem` is why it is asked again. */
  ask(phase: Phase, context: BrowserContext, problem?: string): Promise<void>;
  /** A press of the entry sent something: true where it saved or booked, false where it only searched or calculated. */
  lasts(press: string, sent: string): Promise<boolean>;
  /** The application asks something in a window of the browser. */
  dialog(message: string): Promise<'ok' | 'cancel'>;
};

export type RecordRequest = {
  /** Address at which a person begins, with the login. */
  url: string;
  form: string;
  title: string;
  /** Name of the target in the settings. */
  target: string;
  /** Who logs in; the text typed there is written as `{user}`, and no password is kept. */
  user: string;
  /** A record that is not in the target yet, in which every value is different. */
  example: Example;
  /** The value by which a record is told. */
  key: string;
};

/** What was recorded, before it is written down. */
export type Recording = {
  gestures: Record<Phase, Gesture[]>;
  dialogs: { says: string; answer: 'ok' | 'cancel' }[];
  /** Address at which every look and write begins, and whether the login comes each time. */
  start: Pick<Start, 'address' | 'everyTime'>;
  /** Controls on the screen just before the press that cannot be taken back. */
  shown: Gesture[];
  row: Row;
  /** Lines on the screen after the search without the record, and with it. */
  lines: { without: string[]; withIt: string[] };
};
