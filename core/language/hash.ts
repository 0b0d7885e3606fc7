import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** `sha256:` and 64 hex digits: names an immutable definition. Comments and layout of the YAML do not count. */
export function contentHash(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;
}
