import { renderTemplate } from '../bots/mail/index.ts';
import { mailSend } from '../core/catalogue/mail-send.ts';
import { MailTemplate } from '../core/messages/mail-template.ts';
import type { FileContent } from '../core/model/artefact.ts';
import { applicationException } from '../core/model/problem.ts';
import { parse } from 'yaml';
import { z } from 'zod';
import { activity } from './activity.ts';
import type { SendOnce } from './send-once.ts';

export type MailDependencies = {
  sendOnce: SendOnce;
  artefacts: { get(id: string): Promise<FileContent> };
  /** Text of a file beside the definition that a run was started with, or undefined. */
  definitionFile: (hash: string, path: string) => Promise<string | undefined>;
};

type Arguments = z.infer<typeof mailSend.with>;

/** `mail.send`: a text of the definition's folder in the reader's language, sent once, in the thread it answers. */
export function createMailActivities({ sendOnce, artefacts, definitionFile }: MailDependencies) {
  return {
    [mailSend.name]: activity(mailSend, async (args, { call }) => {
      const { subject, text } = await textOf(args, (path) => definitionFile(call.definition.hash, path));
      const attachments = [];
      for (const { id, name } of args.attach) attachments.push({ ...(await artefacts.get(id)), name });
      const answered = args.replyTo;
      const reply = answered && {
        messageId: answered.messageId,
        subject: answered.subject,
        references: answered.references,
      };
      const to = [args.to].flat();
      return sendOnce(call.key, {
        to,
        subject,
        text,
        attachments,
        language: args.language,
        ...(reply && { replyTo: reply }),
      });
    }),
  };
}

async function textOf(args: Arguments, file: (path: string) => Promise<string | undefined>) {
  if (args.template === undefined) {
    if (args.text === undefined) throw applicationException('validation', 'mail.send needs `template` or `text`');
    return { subject: args.subject, text: args.text };
  }
  const path = `mails/${args.template}.${args.language}.yaml`;
  const source = await file(path);
  if (source === undefined) {
    throw applicationException(
      'configuration',
      `the definition has no mail text ${path}. To fix: add that file and deploy again`,
    );
  }
  const template = MailTemplate.safeParse(parse(source));
  if (!template.success) throw applicationException('configuration', `${path}: ${z.prettifyError(template.error)}`);
  const rendered = renderTemplate(template.data, args.values, { language: args.language });
  return { subject: args.subject ?? rendered.subject, text: rendered.text };
}
