import { describe } from 'vitest';
import { storeContract } from '../tests/support/store-contract.ts';

describe('the store on PGlite', () => {
  storeContract(() => Promise.resolve(undefined));
});
