import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallActivities } from '../activities/calls/index.ts';
import { callDeps } from '../tests/support/calls.ts';
import { Engine } from '../tests/support/temporal.ts';

/** Tables of the bank around a bank holiday, in the shape of its API (api.nbp.pl, "Kursy walut"). */
const TABLES = [
  { no: '210/A/NBP/2026', effectiveDate: '2026-10-29', mid: 4.2501 },
  { no: '211/A/NBP/2026', effectiveDate: '2026-10-30', mid: 4.2577 },
  { no: '212/A/NBP/2026', effectiveDate: '2026-11-02', mid: 4.26 },
];

let posted: { path: string; body: unknown }[] = [];
const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    if (request.method === 'POST') {
      posted.push({ path: request.url ?? '', body: JSON.parse(body) });
      return response.end('ok');
    }
    const [, code = '', from = '', to = ''] = /rates\/a\/(\w+)\/([\d-]+)\/([\d-]+)\//.exec(request.url ?? '') ?? [];
    const rates = TABLES.filter(({ effectiveDate: day }) => day >= from && day <= to);
    if (code !== 'EUR' || rates.length === 0)
      return response.writeHead(404).end('404 NotFound - Not Found - Brak danych');
    response.setHeader('content-type', 'application/json; charset=utf-8');
    return response.end(JSON.stringify({ table: 'A', currency: 'euro', code, rates }));
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

let engine: Engine;
let here = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  engine = await Engine.start({ stubs: createCallActivities(callDeps()) });
});
afterAll(async () => {
  await engine.stop();
  server.close();
});
beforeEach(() => {
  posted = [];
});

const call = (name: string, args: object) => ({ do: [{ it: { call: name, with: args } }] });

describe('rate.find', () => {
  const rate = (currency: string, date: string) => call('rate.find:1.0.0@library', { currency, date, api: here });

  it.each([
    ['2026-11-03', '4.26', '212/A/NBP/2026', '2026-11-02'],
    ['2026-11-02', '4.2577', '211/A/NBP/2026', '2026-10-30'],
    ['2026-10-30', '4.2501', '210/A/NBP/2026', '2026-10-29'],
  ])('should give the table of the last working day before %s', async (date, found, table, effectiveDate) => {
    expect(await engine.run(rate('EUR', date))).toEqual({ currency: 'EUR', rate: found, table, effectiveDate });
  });

  it('should know the złoty, and say what it does not know', async () => {
    expect(await engine.run(rate('PLN', '2026-11-03'))).toEqual({ currency: 'PLN', rate: '1' });
    const fault = await engine.fault(rate('XAU', '2026-11-03'));
    expect(fault.type).toBe('urn:zaplecze:business:unknown-rate');
    expect(fault.detail).toContain('no rate of XAU from 2026-10-20 to 2026-11-02');
    expect((await engine.fault(call('rate.find:1.0.0@library', { currency: 'EUR' }))).detail).toContain('date');
  });
});

describe('chat.send', () => {
  it.each(['slack', 'mattermost'])('should write to %s', async (service) => {
    const args = { service, webhook: `${here}/hook`, text: 'Faktura "7" zapłacona' };
    expect(await engine.run(call('chat.send:1.0.0@library', args))).toEqual({ sent: true });
    expect(posted).toEqual([{ path: '/hook', body: { text: 'Faktura "7" zapłacona' } }]);
  });

  it('should write a card to Teams', async () => {
    const args = { service: 'teams', webhook: `${here}/hook`, text: 'Hello' };
    expect(await engine.run(call('chat.send:1.0.0@library', args))).toEqual({ sent: true });
    expect(posted[0]?.body).toMatchObject({
      type: 'message',
      attachments: [{ content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Hello', wrap: true }] } }],
    });
  });
});

it('should say that the library has no such version', async () => {
  const fault = await engine.fault(call('rate.find:9.0.0@library', {}));
  expect(fault.detail).toContain('the library has no function rate.find in version 9.0.0');
});
