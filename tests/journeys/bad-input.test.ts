import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portsFrom, TAKE_MAILS, TestInstallation } from '../support/installation.ts';

const PORTS = portsFrom(17_700);

/** Another program on a port of ours. */
async function occupy(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return server;
}

describe('an installation whose surroundings are not in order', () => {
  let place: TestInstallation;
  beforeAll(async () => {
    place = await TestInstallation.prepare(PORTS);
  });
  afterAll(() => place.remove());

  it.each([
    ['Temporal', PORTS.temporal, /port 17701 for Temporal is in use. To fix: /],
    ['the server', PORTS.server, /cannot listen on http:\/\/127\.0\.0\.1:17700 .* To fix: /],
  ])('should say that the port of %s is occupied, and leave nothing behind', async (_what, port, message) => {
    const other = await occupy(port);
    await expect(place.start()).rejects.toThrow(message);
    await new Promise((done) => other.close(done));
  });

  it('should start afterwards, wait for a mailbox that is down, and take its mails once it is up', async () => {
    await place.start();
    await place.deploy(TAKE_MAILS);
    const { detail, retryInMs } = await place.untilEvent('disconnected');
    expect(detail).toContain('mailbox invoices (invoices@firma.example at 127.0.0.1:17711)');
    expect(detail).toContain('ECONNREFUSED');
    expect(retryInMs).toBeGreaterThan(0);
    await place.startMail();
    await place.deliver('<down@supplier.example>');
    expect(await place.untilEvent('filed')).toMatchObject({
      messageId: '<down@supplier.example>',
      folder: 'processed',
    });
  });

  it('should refuse a second start on the same state', async () => {
    const second = place.start('/usr/bin/chromium', PORTS.temporal + 1);
    await expect(second).rejects.toThrow(/another zaplecze process uses .* To fix: stop it first/);
  });
});

describe('a mailbox whose password is wrong or missing', () => {
  let place: TestInstallation;
  beforeAll(async () => {
    place = await TestInstallation.prepare(portsFrom(17_720));
    await place.setPassword();
    await place.startMail();
    await place.start();
    await place.deploy(TAKE_MAILS);
  });
  afterAll(() => place.remove());

  it('should say which secret is missing and how to set it', async () => {
    const { detail } = await place.untilEvent('disconnected');
    expect(detail).toContain(
      'the secret "mailbox" is not set. To fix: set ZAPLECZE_SECRET_MAILBOX, or add "mailbox" to',
    );
  });

  it('should say that the password is refused', async () => {
    await place.setPassword('wrong');
    const { detail } = await place.untilEvent('authentication-failed');
    expect(detail).toContain('mailbox invoices (invoices@firma.example at 127.0.0.1:17731)');
    expect(detail).toContain('Check the user and the secret that the mailbox names');
  });

  it('should take the right password without a restart, soon', async () => {
    await place.setPassword('right');
    await place.deliver('<password@supplier.example>');
    expect(await place.untilEvent('filed')).toMatchObject({ messageId: '<password@supplier.example>' });
  });
});
