import { z } from 'zod';
import { Artefact } from './artefact.ts';

/** A file of a place that the settings name, such as a shared folder. */
export const PlaceFile = z.strictObject({
  place: z.string().min(1).describe('Name of a place defined in the settings'),
  path: z.string().min(1).describe('Path of the file in the place, for example in/orders.csv'),
});
export type PlaceFile = z.infer<typeof PlaceFile>;

/** Where a function finds a file: one that is stored, one of a place, or the name of one in the folder of sheets. */
export const FileSource = z.union([Artefact, PlaceFile, z.string().min(1)]);
export type FileSource = z.infer<typeof FileSource>;
