import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../bots/tables/workbook/index.ts';
import { noDovecot } from '../support/dovecot.ts';
import { address, type Shipped, startShipped, untilMail } from '../support/shipped.ts';
import { eventually } from '../support/temporal.ts';

let house: Shipped;

async function workbook(rows: (string | number)[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Orders').addRows([['Order', 'Item', 'Net'], ...rows]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const register = async () =>
  (await readTable({ path: join(house.home, 'sheets/orders.xlsx'), titles: ['Order'] })).rows.map(({ cells }) =>
    Object.fromEntries(cells),
  );

describe.skipIf(noDovecot !== undefined)('sales/orders-by-mail', () => {
  beforeAll(async () => {
    house = await startShipped('sales/orders-by-mail', { roles: { 'sales-manager': [address('maria')] } });
  });
  afterAll(() => house?.stop());

  it('should register small orders, ask about large ones, survive a kill while it waits, and answer once', async () => {
    const rows = [
      ['Z/1', 'Pipes', 120.5],
      ['Z/2', 'Boiler', 7200],
      ['Z/3', 'Tank', 9000],
      ['Z/4', 'Pump', 'about 7000'],
    ];
    await house.send({
      from: address('jan'),
      to: address('orders'),
      messageId: '<order-7@mail.test>',
      subject: 'Zamówienie 7',
      text: 'Dzień dobry, w załączniku zamówienie.',
      attachments: [{ filename: 'zamówienie.xlsx', content: await workbook(rows) }],
    });
    const asked = await untilMail(house, 'maria', ({ subject = '' }) => subject.includes('Z/2'));
    expect(asked.text).toMatch(/7\s200,00\sPLN/);
    await house.killAndStart();

    const token = await house.tokenOf(address('maria'));
    await decide(token, 'Z/2', { decision: 'approved' });
    await decide(token, 'Z/3', { decision: 'rejected', reason: 'Brak na stanie' });

    const answer = await untilMail(house, 'jan', ({ inReplyTo }) => inReplyTo === '<order-7@mail.test>');
    expect(answer.text).toContain('Przyjęte:\n- Z/1\n- Z/2\n');
    expect(answer.text).toContain('Nieprzyjęte:\n- Z/3: Brak na stanie\n');
    expect(answer.text).toContain('Nieodczytane wiersze:\n- 5 Net: about 7000\n');
    expect(await register()).toEqual([
      { customer: address('jan'), order: 'Z/1', item: 'Pipes', net: '120.50' },
      { customer: address('jan'), order: 'Z/2', item: 'Boiler', net: '7200.00' },
    ]);
    expect(await house.read('jan')).toHaveLength(1);
    expect(await house.read('orders')).toEqual([]);
    expect(await house.read('orders', 'Processed')).toHaveLength(1);
  });
});

type Task = { approval: string; about: { title: string } };

/** Decides once the request waits for the person. */
async function decide(token: string, order: string, decision: object): Promise<void> {
  const task = await eventually(async () => {
    const tasks = await house.api<Task[]>('GET', '/tasks', undefined, token);
    return tasks.find(({ about }) => about.title.startsWith(order));
  }, 90_000);
  await house.api('POST', `/tasks/${encodeURIComponent(task.approval)}/decision`, decision, token);
}
