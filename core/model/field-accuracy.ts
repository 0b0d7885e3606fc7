import { z } from 'zod';

/** How often people had to correct a field of the documents that they checked, and how sure the reader had been of it. */
export const FieldAccuracy = z.object({
  field: z.string().describe('Path in the invoice, for example totals.gross'),
  corrected: z.number().int().describe('Documents in which a person changed it'),
  of: z.number().int().describe('Documents that people checked'),
  confidence: z.number().min(0).max(1).nullable().describe('How sure the reader was of what was changed, on average'),
});
export type FieldAccuracy = z.infer<typeof FieldAccuracy>;
