import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { simpleParser } from 'mailparser';
import { readPostings } from '../../demo/intranet/register.ts';
import { MailboxFiles } from '../../demo/mail-server/mailbox-files.ts';
import type { Report } from '../../demo/report.ts';

/** Column of the register that holds the invoice's number. */
const INVOICE_COLUMN = 'Invoice';

type Mail = { user: string; folder: string; messageId: string; subject: string; inReplyTo: string };

/**
 * Looks for whatever was lost or doubled in an ended demo, in the state on disk and not in what the demo says of
 * itself. Answers one line for each finding; best none.
 */
export async function findDamage(home: string, reportFile: string): Promise<string[]> {
  const report = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
  const booked = report.mails.filter((row) => row.expected === 'booked').map((row) => row.number ?? row.mail);
  const wrong = report.mails.filter((row) => !row.ok);
  const postings = (await readPostings(join(home, 'intranet'))).map((posting) => posting.number);
  const rows = await registerRows(join(home, 'sheets', 'register.xlsx'));
  const mails = await mailsOf(join(home, 'mail'));
  return [
    ...(report.ok ? [] : ['the report is not ok']),
    ...wrong.map((row) => `${row.mail}: ${row.outcome} instead of ${row.expected} (${row.reason ?? 'no reason'})`),
    ...sameOnce('accounting application', postings, booked),
    ...sameOnce('register', rows, booked),
    ...inbox(mails, report),
    ...doubledMails(mails),
    ...answers(mails, report),
  ];
}

/** What is missing, doubled or too much, against a list that should be there once each. */
function sameOnce(place: string, there: readonly string[], expected: readonly string[]): string[] {
  const missing = expected.filter((one) => !there.includes(one)).map((one) => `${place}: ${one} is missing`);
  const foreign = there.filter((one) => !expected.includes(one)).map((one) => `${place}: ${one} should not be there`);
  return [...missing, ...foreign, ...doubled(there).map((one) => `${place}: ${one} is there more than once`)];
}

function doubled(list: readonly string[]): string[] {
  return [...new Set(list.filter((one, n) => list.indexOf(one) !== n))];
}

/** Every mail of the demo has left the inbox, for one folder, once. */
function inbox(mails: readonly Mail[], report: Report): string[] {
  const user = mails.find((mail) => mail.messageId.startsWith('<demo-'))?.user;
  const own = mails.filter((mail) => mail.user === user);
  const left = own.filter((mail) => mail.folder === 'INBOX').map((mail) => `inbox: ${mail.subject} was left there`);
  const filed = own.map((mail) => /^<demo-(.+)@/.exec(mail.messageId)?.[1] ?? mail.messageId);
  const expected = report.mails.map((row) => row.mail);
  return [...left, ...sameOnce('mailbox', filed, expected)];
}

/** Mails that the product sent: none twice, to approvers by its subject, to suppliers by what it answers. */
function doubledMails(mails: readonly Mail[]): string[] {
  const sent = mails.filter((mail) => !mail.messageId.startsWith('<demo-'));
  const ids = sent.map((mail) => `${mail.user}: ${mail.messageId}`);
  const subjects = sent.map((mail) => `${mail.user}: ${mail.subject}, in reply to ${mail.inReplyTo}`);
  return [...doubled(ids), ...doubled(subjects)].map((one) => `mail sent twice: ${one}`);
}

/** Each supplier hears once what became of their mail; who sent no invoice hears nothing. */
function answers(mails: readonly Mail[], report: Report): string[] {
  const answered = mails.flatMap(({ inReplyTo }) => /^<demo-(.+)@/.exec(inReplyTo)?.[1] ?? []);
  const expected = report.mails.filter((row) => row.expected !== 'quarantined').map((row) => row.mail);
  return sameOnce('answers to suppliers', answered, expected);
}

async function mailsOf(dir: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  for (const user of await readdir(dir)) {
    const files = new MailboxFiles(join(dir, user));
    for (const { path, messages } of files.indexes()) {
      for (const { file } of messages) {
        const { messageId = '', subject = '', inReplyTo = '' } = await simpleParser(files.readMail(path, file));
        mails.push({ user: decodeURIComponent(user), folder: path, messageId, subject, inReplyTo });
      }
    }
  }
  return mails;
}

async function registerRows(path: string): Promise<string[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const sheet = workbook.worksheets[0];
  if (!sheet) return [];
  let column = 0;
  sheet.getRow(1).eachCell((cell, n) => void (cell.text === INVOICE_COLUMN && (column = n)));
  const rows = sheet.getRows(2, Math.max(0, sheet.rowCount - 1)) ?? [];
  return column === 0 ? [] : rows.map((row) => row.getCell(column).text).filter((text) => text !== '');
}
