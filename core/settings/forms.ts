import { z } from 'zod';

/** Who may hand in start forms, beside the people who have a place here anyway. */
export const FormSettings = z.strictObject({
  addresses: z.array(z.email().toLowerCase()).default([]).describe('Mail addresses that may sign in and submit forms'),
  domains: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^[^@\s]+\.[^@\s]+$/, 'write a domain as company.example'),
    )
    .default([])
    .describe('Mail domains whose addresses may all sign in and submit forms'),
  language: z.enum(['pl', 'en']).default('pl').describe('Language of people who are known only by their address'),
});
