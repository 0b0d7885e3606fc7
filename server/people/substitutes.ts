import { z } from 'zod';
import type { Store } from '../../store/index.ts';
import type { FindPerson } from './members.ts';

/** A substitute for longer than this is a change of approvers. */
const MAX_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Days of the company's calendar, both included. */
export const SubstituteEntry = z.strictObject({ substitute: z.email(), from: z.iso.date(), to: z.iso.date() });
export type SubstituteEntry = z.infer<typeof SubstituteEntry>;

/** Notes who stands in for a person. Undefined where that is nobody else, nobody known, or the days are not in order. */
export async function addSubstitute(
  { store, find, now }: { store: Pick<Store, 'substitutes' | 'audit'>; find: FindPerson; now: Date },
  person: string,
  entry: SubstituteEntry,
): Promise<string | undefined> {
  const { substitute, from, to } = entry;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (!(days >= 0 && days <= MAX_DAYS) || substitute.toLowerCase() === person) return undefined;
  if (!(await find(substitute))) return undefined;
  const id = await store.substitutes.add({ ...entry, person, by: person }, now);
  await store.audit.append({ actor: person, action: 'substitute.added', details: { id, ...entry } });
  return id;
}
