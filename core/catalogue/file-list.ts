import { z } from 'zod';
import { defineFunction } from './define.ts';

/** What one call hands over fits into a history. */
export const MAX_FILES_LISTED = 2000;

export const fileList = defineFunction({
  name: 'file.list',
  summary: 'Lists the files of one folder of a place (a folder, SFTP or WebDAV), by name.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    place: z.string().min(1).describe('Name of a place defined in the settings'),
    folder: z.string().default('').describe('Folder in the place; by default, its top folder'),
    ending: z.string().min(1).optional().describe('Only files whose names end with this, for example .csv'),
  }),
  result: z.object({
    files: z.array(
      z.object({
        name: z.string(),
        path: z.string(),
        size: z.number().int().describe('Bytes'),
        modifiedAt: z.string().describe('ISO 8601'),
      }),
    ),
  }),
  limits: { attemptMs: 60_000, attempts: 10 },
});
