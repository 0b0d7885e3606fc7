import { z } from 'zod';
import { FieldAccuracy } from '../../core/model/field-accuracy.ts';
import { callApi } from '../api-client.ts';
import { EXIT, type Io, table } from '../io.ts';

/** `zaplecze accuracy`: which fields people had to correct, of the documents that they checked. */
export async function accuracy({ json }: { json?: boolean }, io: Io): Promise<number> {
  const fields = z.array(FieldAccuracy).parse(await callApi('GET', '/readings/accuracy'));
  if (json) io.out(JSON.stringify(fields));
  else if (fields.length === 0) io.out('no corrections yet: people have not had to correct any document');
  else io.out(accuracyTable(fields));
  return EXIT.ok;
}

/** One row a field: how often it was wrong among the documents checked, and how sure the reader had been of it. */
export function accuracyTable(fields: readonly FieldAccuracy[]): string {
  return table(
    ['FIELD', 'CORRECTED', 'MEAN CONFIDENCE'],
    fields.map(({ field, corrected, of, confidence }) => [
      field,
      `${corrected} of ${of}${of > 0 ? ` (${((100 * corrected) / of).toFixed(1)} %)` : ''}`,
      confidence === null ? 'not read' : confidence.toFixed(2),
    ]),
  );
}
