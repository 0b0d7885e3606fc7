import { chromiumPart } from './chromium.ts';
import { ensure, type Found, type Part } from './part.ts';
import { secondReaderPart } from './second-reader.ts';
import { temporalPart } from './temporal.ts';
import { tessdataPart } from './tessdata.ts';

/** Everything that is needed beside Node and the npm packages. */
export const parts: readonly Part[] = [temporalPart, chromiumPart, tessdataPart];

/** What an operator may have beside, by the name that the set-up is told. */
export const optionalParts: ReadonlyMap<string, Part> = new Map([['second-reader', secondReaderPart]]);

export type Tools = { temporal: Found; chromium: Found };

/** Puts all parts in place, one after another: two package managers at once break each other. */
export async function setUp(say: (text: string) => void): Promise<Tools> {
  const temporal = await ensure(temporalPart, say);
  const chromium = await ensure(chromiumPart, say);
  await ensure(tessdataPart, say);
  return { temporal, chromium };
}
