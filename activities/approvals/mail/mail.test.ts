import { describe, expect, it } from 'vitest';
import { About } from '../../../core/model/about.ts';
import { Settings } from '../../../core/settings/settings.ts';
import { ASKED_AT, freshDossier } from '../../../tests/support/dossier.ts';
import { approvalMail } from './mail.ts';

const settings = Settings.parse({
  company: { name: 'Huta & Synowie' },
  publicUrl: 'https://approvals.example',
  smtp: { host: 'localhost', port: 25, from: 'bot@example.com' },
});
const ben = { name: 'Ben', email: 'ben@example.com', language: 'en' as const };
const link = 'https://approvals.example/a/z1.k.apr.1.x.1.y';

const mail = (about: object, language: 'pl' | 'en' = 'en', reminder = 0) =>
  approvalMail({
    dossier: freshDossier(About.parse(about), ben.email, 'title' in about ? [] : [FINDING]),
    person: { ...ben, language },
    round: 1,
    reminder,
    link,
    now: ASKED_AT,
    settings,
  });

const FINDING = { rule: 'arithmetic.gross', blocking: true, values: {} };
const plain = {
  number: 'FV/1',
  dueDate: '2026-11-25',
  currency: 'EUR',
  seller: { name: 'Stahl GmbH' },
  totals: { gross: '1234.50' },
};

describe('approvalMail', () => {
  it('should say the same in text and in HTML, in the approver’s language', async () => {
    const english = await mail(plain);
    expect(english.subject).toBe('Please approve: Stahl GmbH, 1,234.50\u00A0EUR, FV/1');
    for (const part of [english.text, english.html]) {
      for (const said of ['Stahl GmbH', '1,234.50\u00A0EUR', 'FV/1', '25 November 2026', 'tomorrow', link]) {
        expect(part).toContain(said);
      }
    }
    const polish = await mail(plain, 'pl');
    expect(polish.subject).toBe('Do akceptacji: Stahl GmbH, 1\u00A0234,50\u00A0EUR, FV/1');
    expect(polish.html).toContain('<html lang="pl">');
  });

  it('should speak of a request where there is no invoice', async () => {
    const leave = {
      title: 'Urlop: Jan Kowalski',
      facts: [
        { label: { pl: 'Okres', en: 'Period' }, value: '2026-12-28/2026-12-31', kind: 'period' },
        { label: 'MPK', value: '4010' },
      ],
    };
    const polish = await mail(leave, 'pl');
    expect(polish.subject).toBe('Do decyzji: Urlop: Jan Kowalski');
    expect(polish.text).toContain('Wniosek czeka na Twoją decyzję.\n\nUrlop: Jan Kowalski\n');
    expect(polish.text).toContain('Okres: 28 grudnia 2026 – 31 grudnia 2026\nMPK: 4010');
    const english = await mail({ ...leave, amount: '1234.50 EUR' });
    expect(english.subject).toBe('Please decide: Urlop: Jan Kowalski, 1,234.50\u00A0EUR');
    for (const { text, html, subject } of [polish, english]) {
      expect(text + html + subject).not.toMatch(/faktur|invoice|dostawc|supplier|Nie odczytano|not read/i);
    }
  });

  it('should load nothing from elsewhere and run nothing', async () => {
    const { html } = await mail(plain);
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import|src=/i);
    expect(html).toContain('Huta &amp; Synowie');
  });

  it('should survive whatever a document says', async () => {
    const evil = '<b onclick="x">\u202Efdp.exe\r\nBcc: all@example.com';
    const { subject, html, text } = await mail({ ...plain, number: evil, seller: { name: evil + 'x'.repeat(500) } });
    expect(subject).not.toMatch(/[\r\n\u202E]/);
    expect(subject.length).toBeLessThan(200);
    expect(html).not.toContain('<b onclick');
    expect(html + text).not.toContain('\u202E');
  });

  it('should keep a reminder in the thread, and abstain from what was not read', async () => {
    const { subject, text } = await mail({}, 'en', 1);
    expect(subject).toBe('Re: Please approve: Unknown supplier, Amount not read');
    expect(text).toContain('Reminder: this is still waiting for you.');
  });
});
