import { z } from 'zod';

/** Who may hand in start forms, beside the people who have a place here anyway. */
export const FormSettings = z.strictObject({
  addresses: z.array(z.email().toLowerCase()).default([]).describe('Mail addresses that may sign in and hand in forms'),
  domains: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^[^@\s]+\.[^@\s]+$/, 'a domain is written as company.example'),
    )
    .default([])
    .describe('Mail domains whose addresses may all sign in and hand in forms'),
  language: z.enum(['pl', 'en']).default('pl').describe('Of people who are known by their address alone'),
});
