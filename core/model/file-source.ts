import { z } from 'zod';
import { Artefact } from './artefact.ts';

/** Where a function finds a file: one that is stored, or the name of one in the folder of sheets. */
export const FileSource = z.union([Artefact, z.string().min(1)]);
export type FileSource = z.infer<typeof FileSource>;
