import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAILBOX_PASSWORD, portsFrom, TAKE_MAILS, TestInstallation } from '../support/installation.ts';
import { noSmallDisk, SmallDisk } from '../support/small-disk.ts';
import { eventually } from '../support/temporal.ts';

/** Room for the state of a new installation: its database alone takes some 40 MB. */
const STATE_BYTES = 200 * 1024 * 1024;
/** Room for a workbook. */
const SHEETS_BYTES = 512 * 1024;

const APPEND_ROW = `document: { dsl: 1.0.3, namespace: test, name: append-row, version: 1.0.0 }
do:
  - row: { call: sheet.append, with: { file: register.xlsx, key: one, row: { Invoice: '1' } } }
`;
const FILL = `document: { dsl: 1.0.3, namespace: test, name: fill, version: 1.0.0 }
do:
  - fill: { call: form.fill, with: { form: note, key: one, values: {} } }
`;
const FORM = `form: note
title: Note
effect: none
target:
  name: books
  start: /
  login: [{ press: save }]
  signed out: Please log in
parameters: {}
fields:
  save: { button: Save }
write:
  - press: save
`;

if (noSmallDisk) console.warn(`skipped: ${noSmallDisk}`);

describe.skipIf(noSmallDisk !== undefined)('a full disk', () => {
  let place: TestInstallation;
  const disks: SmallDisk[] = [];
  const disk = (folder: string, bytes: number) => {
    const made = new SmallDisk(join(place.home, folder), bytes);
    disks.unshift(made);
    return made;
  };
  beforeAll(async () => {
    place = await TestInstallation.prepare(portsFrom(17_740));
    disk('', STATE_BYTES);
    await place.setPassword(MAILBOX_PASSWORD);
    await place.startMail();
    await place.start();
  });
  afterAll(async () => {
    await place.stop();
    for (const made of disks) made.remove();
    await place.remove();
  });

  it('should leave a mail in the inbox, say so, and take it once there is space', async () => {
    const [state] = disks;
    await place.deploy(TAKE_MAILS);
    await state?.fill();
    await place.deliver('<full@supplier.example>');
    const { detail, messageId } = await place.untilEvent('handler-failed');
    expect(messageId).toBe('<full@supplier.example>');
    expect(detail).toMatch(/the disk is full: free some space/);
    expect(place.inbox()).toEqual(['<full@supplier.example>']);
    await state?.free();
    expect(await place.untilEvent('filed')).toMatchObject({ messageId, folder: 'processed' });
    expect(place.inbox()).toEqual([]);
    const files = await readdir(join(place.home, 'artefacts'), { recursive: true });
    expect(files.filter((name) => /\.\d+\./.test(name))).toEqual([]);
  });

  it('should write a row of a sheet once there is space', async () => {
    const sheets = disk('sheets', SHEETS_BYTES);
    await sheets.fill();
    await place.deploy(APPEND_ROW);
    const run = await place.begin('append-row');
    const failure = await eventually(() => place.lastFailure(run), 60_000);
    expect(failure).toMatch(/ENOSPC.*[Ff]ree some/);
    await sheets.free();
    await place.untilRun(run, ({ status }) => status === 'completed');
    expect(await readdir(sheets.path)).toEqual(['register.xlsx']);
  });
});

describe('a browser that is missing', () => {
  let place: TestInstallation;
  beforeAll(async () => {
    place = await TestInstallation.prepare(portsFrom(17_760));
  });
  afterAll(() => place.remove());

  it('should park the run with a way to mend it, and end no worker', async () => {
    await place.start('/nowhere/chromium');
    await place.deploy(FILL, { 'forms/note.yaml': FORM });
    const run = await place.begin('fill');
    const { progress } = await place.untilRun(run, (details) => (details.progress?.incidents.length ?? 0) > 0);
    expect(progress?.incidents[0]?.problem.detail).toMatch(
      /no browser at \/nowhere\/chromium\. To fix: install Chromium .* or set CHROMIUM_PATH .* retry/,
    );
    // The worker lives: another run goes through it.
    await place.deploy(TAKE_MAILS);
    await place.untilRun(await place.begin('take-mails'), ({ status }) => status === 'completed');
  });
});
