import { createHmac } from 'node:crypto';
import type { NamesOf } from '../../core/model/names.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * Names that outsiders cannot work out: HMAC-SHA-256 of a key that may be guessed (a run, a task, a round). The first
 * is made with the current key of the ring; the others are what earlier keys made of it.
 */
export function createNames(ring: KeyRing): NamesOf {
  return (text) => {
    const current = ring.current('names');
    const others = ring.list().flatMap(({ id }) => (id === current.id ? [] : (ring.find('names', id) ?? [])));
    const nameBy = ({ secret }: { secret: Uint8Array }) => createHmac('sha256', secret).update(text).digest();
    return [nameBy(current), ...others.map(nameBy)];
  };
}
