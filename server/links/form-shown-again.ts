import type { Factor } from '../../core/model/approval.ts';
import type { InvoiceForm } from './station/invoice-form.ts';
import type { FieldsState } from '../site/fields-view.ts';
import type { Known } from './colleagues.ts';

/** What a person sent before the page had to be shown again, and what to tell them. */
export type Again = {
  problem?: string | undefined;
  reason?: string | undefined;
  rejecting?: boolean | undefined;
  /** Of the station: the fields as typed, and what is wrong with each. */
  typed?: InvoiceForm | undefined;
  wrong?: ReadonlyMap<string, string> | undefined;
  /** Of an approval: the changeable fields and the comment as typed. */
  values?: Readonly<Record<string, string>> | undefined;
  comment?: string | undefined;
  /** Of a task: its fields as typed, with what is wrong. */
  task?: FieldsState | undefined;
  /** The code that is asked for now. */
  code?: Factor | undefined;
  /** What the browser needs to sign with a passkey. */
  sign?: object | undefined;
  /** A question or hand-over that could not be taken. */
  asking?: Typed | undefined;
  delegating?: Typed | undefined;
};

/** To whom, and the words. */
export type Typed = { to: string; text: string };

/** What the page needs beside the request: whom the visitor could ask or hand over to. */
export type Around = { known: readonly Known[]; domains: readonly string[] };
