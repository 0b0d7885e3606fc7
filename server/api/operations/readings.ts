import { z } from 'zod';
import { type AnyOperation, operation } from '../operation.ts';
import type { ApiParts } from '../parts.ts';

const FieldAccuracy = z.object({
  field: z.string().describe('Path in the invoice, for example totals.gross'),
  corrected: z.number().int().describe('Documents in which a person changed it'),
  of: z.number().int().describe('Documents that people checked'),
  confidence: z.number().min(0).max(1).nullable().describe('How sure the reader was of what was changed, on average'),
});

/** How well documents are read, by what people corrected. */
export function readingOperations({ store }: ApiParts): AnyOperation[] {
  return [
    operation({
      method: 'get',
      path: '/readings/accuracy',
      id: 'readingAccuracy',
      summary: 'Fields that people corrected in the validation station, most often corrected first',
      scope: 'runs:read',
      answer: z.array(FieldAccuracy),
      handle: () => store.corrections.accuracy(),
    }),
  ];
}
