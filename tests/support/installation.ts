import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { WatchEvent } from '../../bots/mailbox/index.ts';
import { type MailServer, startMailServer } from '../../demo/mail-server/start.ts';
import { deploy } from '../../server/runs/deploy.ts';
import { startRun } from '../../intake/start-run.ts';
import { type RunDetails, showRun } from '../../server/runs/view.ts';
import { type Up, up } from '../../workers/up.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { parseSettings } from '../../installation/settings.ts';
import { eventually, temporalExecutable } from './temporal.ts';

export const MAILBOX_USER = 'invoices@firma.example';
export const MAILBOX_PASSWORD = 'right';

/** A person who is asked. */
export const BOSS = 'boss@firma.example';

/** Ports of one test file's installation, from a base. */
export const portsFrom = (base: number) => ({ server: base, temporal: base + 1, smtp: base + 10, imap: base + 11 });
export type TestPorts = ReturnType<typeof portsFrom>;

/** A definition that takes each mail and ends. */
export const TAKE_MAILS = `document: { dsl: 1.0.3, namespace: test, name: take-mails, version: 1.0.0 }
schedule: { on: { one: { with: { type: mail.received, source: mailbox/invoices } } } }
do:
  - note: { set: { taken: true } }
`;

/** A whole installation in this process, on a state folder of its own. */
export class TestInstallation {
  readonly home: string;
  readonly ports: TestPorts;
  readonly events: WatchEvent[] = [];
  #up: Up | undefined;
  #mail: MailServer | undefined;

  private constructor(home: string, ports: TestPorts) {
    this.home = home;
    this.ports = ports;
  }

  static async prepare(ports: TestPorts): Promise<TestInstallation> {
    const made = new TestInstallation(await mkdtemp(join(tmpdir(), 'zaplecze-test-')), ports);
    await made.setPassword(MAILBOX_PASSWORD);
    return made;
  }

  /** An installation on a state folder that is there. */
  static at(home: string, ports: TestPorts): TestInstallation {
    return new TestInstallation(home, ports);
  }

  /** Sets the secret of the mailbox; without a value it is missing. */
  async setPassword(password?: string): Promise<void> {
    const secrets = password === undefined ? {} : { mailbox: password };
    await writeFile(join(this.home, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
  }

  async start(
    chromium = '/usr/bin/chromium',
    temporalPort = this.ports.temporal,
    more: Partial<Settings> = {},
  ): Promise<Up> {
    const executable = temporalExecutable();
    const started = await up({
      home: this.home,
      settings: { ...settings(this.ports), ...more },
      temporalExecutable: executable.type === 'existing-path' ? executable.path : 'temporal',
      temporalPort,
      chromium,
      onWatchEvent: (event) => this.events.push(event),
    });
    this.#up = started;
    return started;
  }

  async stop(): Promise<void> {
    await this.#up?.close();
    this.#up = undefined;
  }

  async startMail(): Promise<MailServer> {
    const { smtp, imap } = this.ports;
    const users = [MAILBOX_USER, BOSS].map((email) => ({ email, password: MAILBOX_PASSWORD }));
    this.#mail = await startMailServer({ dir: this.#mailDir, smtpPort: smtp, imapPort: imap, users });
    return this.#mail;
  }

  async stopMail(): Promise<void> {
    await this.#mail?.close();
    this.#mail = undefined;
  }

  async deliver(messageId: string, attachmentBytes = 100): Promise<void> {
    await nodemailer.createTransport({ host: '127.0.0.1', port: this.ports.smtp, ignoreTLS: true }).sendMail({
      ...{ messageId, from: 'someone@supplier.example', to: MAILBOX_USER, subject: 'test', text: 'test' },
      attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', content: Buffer.alloc(attachmentBytes, 'x') }],
    });
  }

  async deploy(source: string, files: Record<string, string> = {}): Promise<void> {
    const { client, parts } = this.#running;
    const { store, settings } = parts;
    const result = await deploy(
      { store, client, timeZone: settings.timeZone, options: {} },
      { file: 'automation.yaml', source, files },
    );
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
  }

  /** Starts a run of a deployed definition and answers its id. */
  async begin(name: string, namespace = 'test'): Promise<string> {
    const { client, parts } = this.#running;
    const deployed = await parts.store.definitions.find(namespace, name);
    if (!deployed) throw new Error(`${namespace}/${name} is not deployed`);
    return (await startRun(client, deployed, name, {})).run;
  }

  /** Message-IDs that lie in the inbox. */
  inbox(): string[] {
    const mails = this.#mail?.list(MAILBOX_USER, 'INBOX') ?? [];
    return mails.map(({ raw }) => /^message-id: *(\S+)/im.exec(raw.toString('latin1'))?.[1] ?? '');
  }

  /** All mails to a person, as they came. */
  mailTo(email: string): string {
    return (this.#mail?.list(email, 'INBOX') ?? []).map(({ raw }) => raw.toString('latin1')).join('\n');
  }

  /** Why the last attempt of the run's activity failed; undefined as long as none did. */
  async lastFailure(run: string): Promise<string | undefined> {
    return (await showRun(this.#running.client, run)).retrying[0]?.detail;
  }

  /** Waits until the run is as wanted. */
  async untilRun(run: string, wanted: (details: RunDetails) => boolean): Promise<RunDetails> {
    return eventually(async () => {
      const details = await showRun(this.#running.client, run);
      return wanted(details) ? details : undefined;
    }, 60_000);
  }

  /** Waits for an event of that type and answers it. */
  async untilEvent<T extends WatchEvent['type']>(type: T): Promise<Extract<WatchEvent, { type: T }>> {
    const isWanted = (event: WatchEvent): event is Extract<WatchEvent, { type: T }> => event.type === type;
    return eventually(() => Promise.resolve(this.events.find(isWanted)), 60_000);
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.stopMail();
    for (const dir of [this.home, this.#mailDir]) await rm(dir, { recursive: true, force: true });
  }

  /** Beside the state, as the mail server of a company is: its disk is another one. */
  get #mailDir(): string {
    return `${this.home}-mail`;
  }

  get #running() {
    if (!this.#up) throw new Error('the installation is not started');
    return this.#up.installation;
  }
}

function settings({ server, smtp, imap }: TestPorts) {
  return parseSettings(
    `company: { name: Test }
publicUrl: http://127.0.0.1:${server}
server: { port: ${server} }
smtp: { host: 127.0.0.1, port: ${smtp}, tls: none, from: bot@firma.example }
mailboxes:
  invoices: { host: 127.0.0.1, port: ${imap}, tls: none, user: ${MAILBOX_USER}, password: mailbox, pollSeconds: 5 }
targets: { books: { url: 'http://127.0.0.1:1/' } }
ledgers: { main: { driver: form, form: post-invoice, target: books, account: 401-01 } }
`,
    'zaplecze.yaml',
  );
}
