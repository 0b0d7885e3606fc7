import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { checkDefinition } from '../core/language/check/index.ts';
import { loadDefinition } from '../core/language/load.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import type { FileContent } from '../core/model/artefact.ts';
import { Settings } from '../core/settings/settings.ts';
import { createMailIntake } from '../intake/mail-intake.ts';

const page = await readFile(join(import.meta.dirname, '../docs/events.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const [definition = '', settings = ''] = blocks('yaml');

it('should show a definition that checks', () => {
  const document = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';
  const { loaded, findings } = loadDefinition(document + definition, 'docs/events.md');
  expect([findings, loaded && checkDefinition(loaded)]).toEqual([[], []]);
});

it('should show settings that are taken', () => {
  const rest = {
    company: { name: 'Test' },
    publicUrl: 'http://127.0.0.1:1',
    smtp: { host: 'h', port: 25, from: 'a@b.example' },
  };
  expect(Settings.safeParse({ ...rest, ...(parse(settings) as object) }).error?.issues).toBeUndefined();
});

it('should show all that the event of a mail holds, and nothing else', async () => {
  const shown = JSON.parse(blocks('json')[0] ?? '') as Record<string, unknown>;
  const events: CloudEvent[] = [];
  const put = ({ name, mediaType, bytes }: FileContent) =>
    Promise.resolve({ id: `sha256:${'0'.repeat(64)}`, name, mediaType, size: bytes.length });
  const intake = createMailIntake({
    artefacts: { put },
    mails: { see: () => Promise.resolve({ namesake: false }), decide: () => Promise.resolve() },
    audit: { append: () => Promise.resolve(1) },
    earlier: () => Promise.resolve(undefined),
    publish: (event) => Promise.resolve({ runs: [String(events.push(event))], signalled: [] }),
  });
  const { mailbox, messageId, content, references, from, to, subject, date, text, automatic, skipped } = shown as never;
  const file = (name: string): FileContent => ({ name, mediaType: 'text/plain', bytes: new Uint8Array(3) });
  const mail = { mailbox, messageId, content, references, from, to, subject, date, text, automatic, skipped };
  await intake.accept(
    { ...(mail as object), raw: file('mail.eml'), attachments: [file('order.xlsx')] } as never,
    'INBOX;UID=1',
  );
  const data = events[0]?.data as Record<string, unknown>;
  expect(Object.keys(data).sort()).toEqual(Object.keys(shown).sort());
  expect(data).toMatchObject(mail);
  const keys = (value: unknown) => Object.keys(value as object).sort();
  expect(keys(data['raw'])).toEqual(keys(shown['raw']));
  expect(keys((data['attachments'] as object[])[0])).toEqual(keys((shown['attachments'] as object[])[0]));
});
