import { z } from 'zod';
import { FieldAccuracy } from '../../../core/model/field-accuracy.ts';
import { type AnyOperation, operation } from '../operation.ts';
import type { ApiParts } from '../parts.ts';

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
