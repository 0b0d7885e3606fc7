import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { defineFunction } from './define.ts';

export const fileGet = defineFunction({
  name: 'file.get',
  summary: 'Fetches a file from a place (a folder, SFTP or WebDAV) and stores it; the file stays where it is.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    place: z.string().min(1).describe('Name of a place defined in the settings'),
    path: z.string().min(1).describe('Path of the file in the place, for example out/orders.csv'),
    optional: z.boolean().default(false).describe('A missing file is no error; the result has no `file`'),
  }),
  result: z.object({
    file: Artefact.optional().describe('The stored file, for document.read, table.read, mail.send …'),
  }),
  // A large file over a slow line.
  limits: { attemptMs: 10 * 60_000, attempts: 10 },
});
