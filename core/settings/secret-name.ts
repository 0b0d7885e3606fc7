import { z } from 'zod';

/** Name of a secret: resolved inside activities only, from ZAPLECZE_SECRET_<NAME> or the secrets file. */
export const SecretName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'the name of a secret consists of lower-case letters, digits and dashes');
