import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { defineFunction } from './define.ts';

export const filePut = defineFunction({
  name: 'file.put',
  summary: 'Puts a stored file into a place (a folder, SFTP or WebDAV), once; a partly written file is never visible.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    place: z.string().min(1).describe('Name of a place defined in the settings'),
    path: z.string().min(1).describe('Path of the new file in the place, for example in/invoice-7.pdf'),
    file: Artefact.describe('A stored file, for example that of table.write'),
  }),
  result: z.object({
    place: z.string(),
    path: z.string(),
    outcome: z
      .enum(['written', 'already-there', 'fetched'])
      .describe(
        'already-there: the same content was there already. fetched: it was put there and has since been taken',
      ),
  }),
  // A large file over a slow line.
  limits: { attemptMs: 10 * 60_000, attempts: 10 },
});
