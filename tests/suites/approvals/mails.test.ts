import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeMail } from '../../../activities/approvals/mail/code.ts';
import type { MailParts } from '../../../activities/approvals/mail/content.ts';
import { digestMail } from '../../../activities/approvals/mail/digest.ts';
import { approvalMail } from '../../../activities/approvals/mail/mail.ts';
import { noteMail } from '../../../activities/approvals/mail/note.ts';
import { TrailEntry } from '../../../core/model/approval-acts.ts';
import type { Person } from '../../../core/settings/settings.ts';
import { invoice, settings } from '../../support/approvals.ts';
import { DESKTOP, PHONE, shoot, sideways, violations } from '../../support/browsing.ts';
import { ASKED_AT, freshDossier } from '../../support/dossier.ts';
import { FINDING } from '../../support/station.ts';

const link = 'https://approvals.example/a/z1.key0.apr_0123456789abcdefghijkl.1.0123456789abcdef.1800000000.signature';

const dossier = (change: object = {}) => freshDossier({ ...invoice, ...change }, 'anna@huta.example', [FINDING]);

const words = 'Czy to na pewno hala 7?\n<b>Tak</b> twierdzi kierownik 😀 شركة';
const entry = (kind: 'question' | 'answer' | 'comment') =>
  TrailEntry.parse({
    seq: 1,
    kind,
    round: 1,
    by: 'ben@huta.example',
    to: 'anna@huta.example',
    text: words,
    at: ASKED_AT.toISOString(),
  });

/** Every kind of mail, to one person. */
const KINDS: Record<string, (person: Person) => Promise<MailParts>> = {
  asked: (person) => approvalMail({ ...common(person), reminder: 0 }),
  reminder: (person) => approvalMail({ ...common(person), reminder: 1 }),
  substitute: (person) =>
    approvalMail({ ...common(person), reminder: 0, why: { because: 'substitute', inPlaceOf: 'Ben Carter' } }),
  delegated: (person) =>
    approvalMail({
      ...common(person),
      reminder: 0,
      why: { because: 'delegated', inPlaceOf: 'Ben Carter', note: words },
    }),
  escalated: (person) => approvalMail({ ...common(person), reminder: 0, why: { because: 'escalated' } }),
  question: (person) => noteMail({ ...common(person), by: 'Ben Carter', entry: entry('question') }),
  answer: (person) => noteMail({ ...common(person), by: 'Ben Carter', entry: entry('answer') }),
  comment: (person) => noteMail({ ...common(person), by: 'Ben Carter', entry: entry('comment') }),
  code: (person) => codeMail({ ...common(person), code: '042137', expiresAt: new Date('2026-11-24T10:10:00Z') }),
  digest: (person) =>
    digestMail({
      ...common(person),
      dossiers: [1, 2, 3, 4, 5].map((i) => dossier({ number: `FV/${i}`, totals: { gross: `${i}00.50` } })),
    }),
};
const common = (person: Person) => ({ dossier: dossier(), person, round: 1, link, now: ASKED_AT, settings });

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
});
afterAll(async () => browser?.close());

describe.each(Object.entries(KINDS))('the mail "%s"', (name, compose) => {
  it('should be readable in both languages, in the light and in the dark, on phone and desktop, and load nothing', async () => {
    for (const language of ['pl', 'en'] as const) {
      const mail = await compose({ name: 'Anna Nowak', email: 'anna@huta.example', language });
      expect(mail.html).toContain(`<html lang="${language}">`);
      expect(mail.subject).not.toMatch(/[\r\n]|undefined/);
      expect(mail.text).not.toMatch(/undefined|<b>Tak<\/b>\n\n<|List-Unsubscribe/);
      for (const [device, viewport] of [
        ['phone', PHONE],
        ['desktop', DESKTOP],
      ] as const) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const context = await browser.newContext({ viewport, colorScheme });
          const tab = await context.newPage();
          const asked: string[] = [];
          tab.on('request', (request) => asked.push(request.url()));
          await tab.setContent(mail.html);
          await shoot(tab, `kind-${name}-${language}-${device}-${colorScheme}`);
          expect(asked, 'nothing is fetched').toEqual([]);
          expect(await sideways(tab), `${device} ${language}`).toBe(0);
          if (device === 'phone') expect(await violations(tab), `${colorScheme} ${language}`).toEqual([]);
          await context.close();
        }
      }
    }
  });
});
