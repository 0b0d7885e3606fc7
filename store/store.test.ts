import { KeyRing } from '../installation/keys/key-ring.ts';
import { createSealer } from '../installation/keys/seal.ts';
import { describe } from 'vitest';
import { storeContract } from '../tests/support/store-contract.ts';

describe('the store on PGlite', () => {
  storeContract(() => Promise.resolve(undefined));
});

describe('the store on PGlite, sealed', () => {
  const ring = KeyRing.of({ id: 'k1', secret: Buffer.alloc(32, 1).toString('base64'), since: '2026-11-01T00:00:00Z' });
  storeContract(async () => undefined, {
    artefacts: createSealer(ring, 'artefacts'),
    columns: createSealer(ring, 'database'),
  });
});
