import { z } from 'zod';
import { SecretName } from './secret-name.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "06:30"');
const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'write a local time as "2026-12-24T18:00"');

/** What a target bears, of all workers together. */
export const TargetLimits = z.strictObject({
  sessions: z.number().int().min(1).default(1).describe('Forms that one user may have open at once'),
  perMinute: z.number().int().min(1).optional().describe('Forms started per minute, by all users'),
  open: z
    .strictObject({ from: TimeOfDay, to: TimeOfDay, days: z.enum(['every', 'working']).default('every') })
    .optional()
    .describe('Opening hours in the company’s time zone; outside them, forms wait'),
  maintenance: z
    .array(z.strictObject({ from: LocalTime, to: LocalTime }))
    .optional()
    .describe('Periods in which the target must not be used'),
});
export type TargetLimits = z.infer<typeof TargetLimits>;

/** A legacy web application that bots fill. */
export const TargetSettings = z.strictObject({
  url: z.url(),
  user: z.string().optional(),
  password: SecretName.optional(),
  totp: SecretName.optional().describe('Secret for one-time codes (RFC 6238): base32, or an otpauth:// address'),
  limits: TargetLimits.optional(),
});
export type TargetSettings = z.infer<typeof TargetSettings>;
