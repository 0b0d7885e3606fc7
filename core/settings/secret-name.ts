import { z } from 'zod';

/** Name of a secret: resolved inside activities only, from ZAPLECZE_SECRET_<NAME> or the secrets file. */
export const SecretName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'a secret is named in small letters, digits and dashes');
