import { afterAll, describe } from 'vitest';
import { noPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { storeContract } from '../support/store-contract.ts';

describe.skipIf(noPostgres !== undefined)(`the store on PostgreSQL${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let server: PostgresServer | undefined;

  afterAll(() => server?.stop());

  storeContract(async () => {
    server = await startPostgres();
    return server.url;
  });
});
