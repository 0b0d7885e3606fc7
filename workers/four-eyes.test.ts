import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwoDepartments, text, type TwoDepartments } from '../tests/support/two-departments.ts';

let house: TwoDepartments;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  house = await openTwoDepartments();
  for (const [person, department] of [
    ['fred@huta.example', 'finance'],
    ['mara@huta.example', 'marketing'],
  ] as const) {
    tokens[person] = await house.tokenOf(person, [department]);
  }
});
afterAll(() => house?.close());

describe('a definition that books', () => {
  const source = text('finance', 'books', {
    do: [{ a: { call: 'ledger.post', with: { ledger: 'main', invoice: '${ .i }' } } }],
  });
  const send = (person: string, method: string, path: string, body?: object) =>
    house.app.request(`/api${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens[person]}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });

  it('should be deployed by two authors, not by one', async () => {
    const answer = (await (
      await send('fred@huta.example', 'POST', '/definitions', { file: 'a.yaml', source })
    ).json()) as { proposal: string };
    expect(await house.store.definitions.find('finance', 'books')).toBeUndefined();
    const confirm = `/proposals/${answer.proposal}/confirm`;
    expect((await send('fred@huta.example', 'POST', confirm)).status, 'one’s own').toBe(403);
    expect((await send('mara@huta.example', 'POST', confirm)).status, 'of another department').toBe(403);
    tokens['flora@huta.example'] = await house.tokenOf('flora@huta.example');
    expect((await send('flora@huta.example', 'POST', confirm)).status).toBe(200);
    expect(await house.store.definitions.find('finance', 'books')).toMatchObject({ version: '1.0.0' });
    expect((await send('flora@huta.example', 'POST', confirm)).status, 'once').toBe(404);
    const actions = (await house.store.audit.list()).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['definition.proposed', 'definition.confirmed', 'definition.deployed']),
    );
  });

  it('should be taken out of use, and put back', async () => {
    expect((await send('fred@huta.example', 'DELETE', '/definitions/finance/books')).status).toBe(200);
    expect(await house.store.definitions.find('finance', 'books')).toBeUndefined();
    expect((await house.store.definitions.current()).map(({ name }) => name)).not.toContain('books');
    expect(
      await house.store.definitions.byHash((await house.store.definitions.versions('finance', 'books'))[0]?.hash ?? ''),
    ).toBeDefined();
  });
});
