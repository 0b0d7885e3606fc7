import { z } from 'zod';

/** How often people had to correct a field of the documents that they checked, and how sure the reader had been of it. */
export const FieldAccuracy = z.object({
  field: z.string().describe('Path in the invoice, for example totals.gross'),
  corrected: z.number().int().describe('Documents in which a person changed this field'),
  of: z.number().int().describe('Documents checked by people'),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('The reader’s average confidence in the values that were changed'),
});
export type FieldAccuracy = z.infer<typeof FieldAccuracy>;
