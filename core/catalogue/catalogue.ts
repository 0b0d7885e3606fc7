import { accountSuggest } from './account-suggest.ts';
import { approvalRequest } from './approval-request.ts';
import type { Capability, FunctionSpec } from './define.ts';
import { documentClassify } from './document-classify.ts';
import { documentRead } from './document-read.ts';
import { documentValidate } from './document-validate.ts';
import { fileGet } from './file-get.ts';
import { fileList } from './file-list.ts';
import { filePut } from './file-put.ts';
import { formCheck } from './form-check.ts';
import { formFill } from './form-fill.ts';
import { invoiceCheck } from './invoice-check.ts';
import { invoiceRelease } from './invoice-release.ts';
import { ledgerFind } from './ledger-find.ts';
import { ledgerGet } from './ledger-get.ts';
import { ledgerPost } from './ledger-post.ts';
import { ledgerReverse } from './ledger-reverse.ts';
import { mailSend } from './mail-send.ts';
import { mailboxFile } from './mailbox-file.ts';
import { recordFind } from './record-find.ts';
import { recordPut } from './record-put.ts';
import { sheetAppend } from './sheet-append.ts';
import { sheetRead } from './sheet-read.ts';
import { sheetUpdate } from './sheet-update.ts';
import { tableRead } from './table-read.ts';
import { tableWrite } from './table-write.ts';
import { taskAsk } from './task-ask.ts';

/** Every function that definitions can call by name. The one list that checks, workers and the reference page read. */
export const catalogue = [
  accountSuggest,
  approvalRequest,
  documentClassify,
  documentRead,
  documentValidate,
  fileGet,
  fileList,
  filePut,
  formCheck,
  formFill,
  invoiceCheck,
  invoiceRelease,
  ledgerFind,
  ledgerGet,
  ledgerPost,
  ledgerReverse,
  mailSend,
  mailboxFile,
  recordFind,
  recordPut,
  sheetAppend,
  sheetRead,
  sheetUpdate,
  tableRead,
  tableWrite,
  taskAsk,
] as const satisfies readonly FunctionSpec[];

/** Names of the functions that one activity of a worker of that capability does. */
export type ActivityName<C extends Capability = Capability> = Extract<
  (typeof catalogue)[number],
  { kind: 'activity'; capability: C }
>['name'];

const byName: ReadonlyMap<string, FunctionSpec> = new Map(catalogue.map((spec) => [spec.name, spec]));

/** The function of that name, or undefined. */
export function findFunction(name: string): FunctionSpec | undefined {
  return byName.get(name);
}
