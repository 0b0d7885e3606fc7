import { z } from 'zod';
import { MailAccount } from '../../../core/model/mail-account.ts';
import { type AnyOperation, operation } from '../operation.ts';
import type { ApiParts } from '../parts.ts';

/** Mails that came in, and what became of them. */
export function mailOperations({ store }: ApiParts): AnyOperation[] {
  return [
    operation({
      method: 'get',
      path: '/mail',
      id: 'mailAccounts',
      summary: 'Summary for each mailbox: every mail received, and what became of it',
      scope: 'runs:read',
      answer: z.array(MailAccount),
      handle: () => store.mails.accounts(),
    }),
  ];
}
