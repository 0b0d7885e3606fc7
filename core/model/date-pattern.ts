import { z } from 'zod';

/** How a target writes dates, in the letters of its own manual: `DD.MM.YYYY`, `YY-MM-DD`. */
export const DatePattern = z
  .string()
  .regex(/^(?=.*YY)(?=.*MM)(?=.*DD)[YMD./\- ]+$/, 'a date pattern has YYYY (or YY), MM and DD, for example DD.MM.YYYY');
