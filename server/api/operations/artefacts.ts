import { z } from 'zod';
import { sniffMediaType } from '../../../intake/media-types.ts';
import { Artefact } from '../../../core/model/artefact.ts';
import { MAX_ARTEFACT_BYTES } from '../../../store/artefacts.ts';
import { type AnyOperation, operation } from '../operation.ts';
import type { ApiParts } from '../parts.ts';
import { unprocessable } from '../problems.ts';

const Upload = z.object({ bytes: z.instanceof(Uint8Array), mediaType: z.string() });

/** Files that programs hand in, to name them in the start of a run or in an event. */
export function artefactOperations({ store }: ApiParts): AnyOperation[] {
  return [
    operation({
      method: 'post',
      path: '/artefacts',
      id: 'storeArtefact',
      summary: 'Stores the body as a file and returns its reference; the same content is stored once. Safe to repeat',
      scope: 'artefacts:write',
      query: z.object({
        name: z
          .string()
          .min(1)
          .max(200)
          // Control characters as ranges: not every reader of the description knows \p{Cc}.
          // oxlint-disable-next-line no-control-regex
          .regex(/^[^/\\\u0000-\u001f\u007f-\u009f]+$/, 'a file name without folders')
          .describe('File name that people see'),
      }),
      body: Upload,
      accepts: ['application/octet-stream', '*/*'],
      maxBytes: MAX_ARTEFACT_BYTES,
      read: (bytes, headers) => ({ bytes, mediaType: headers.get('content-type') ?? '' }),
      answer: Artefact,
      async handle({ query, body }) {
        if (body.bytes.length === 0) throw unprocessable('the body is empty: send the file as the body of the request');
        const mediaType = await sniffMediaType(body.bytes, body.mediaType);
        return store.artefacts.put({ name: query.name, mediaType, bytes: body.bytes });
      },
    }),
  ];
}
