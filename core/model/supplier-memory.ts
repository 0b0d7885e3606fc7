import { z } from 'zod';

/** A value that confirmed documents of a supplier carry, and on how many of them. */
const Remembered = z.object({ value: z.string(), times: z.number().int().min(1) });

/**
 * What is known of a supplier from documents that people approved: how its name is written, to which accounts it was
 * paid, how its invoices are numbered, and which fields people had to correct. Most frequent first.
 */
export const SupplierMemory = z.object({
  documents: z.number().int().min(0).describe('Number of approved documents considered'),
  names: z.array(Remembered),
  accounts: z.array(Remembered),
  numbers: z.array(z.string()).describe('Invoice numbers, newest first'),
  corrected: z.array(z.object({ field: z.string(), times: z.number().int().min(1) })),
});
export type SupplierMemory = z.infer<typeof SupplierMemory>;
