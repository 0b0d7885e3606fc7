import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Finding } from '../finding.ts';
import { MAX_DEPTH, MAX_FINDINGS, MAX_NODES } from '../limits.ts';
import { cutExpression } from './mistakes.ts';
import type { Source } from './source.ts';

type Path = readonly PropertyKey[];

/** Stops the walk: what follows could not be told sensibly, or would never end. */
class TooMuch extends Error {}

/**
 * Turns the parsed tree into plain JSON, noting where everything stands, and refuses what JSON or a definition cannot
 * hold: duplicate keys, keys that are no text, numbers that would be rounded, too deep or too many values.
 */
export function toPlain(source: Source, root: Node | null): { value: unknown; findings: Finding[] } {
  const walk = new Walk(source);
  try {
    return { value: walk.value(root, [], 0), findings: walk.findings };
  } catch (error) {
    if (error instanceof TooMuch) return { value: undefined, findings: walk.findings };
    throw error;
  }
}

class Walk {
  readonly findings: Finding[] = [];
  readonly #source: Source;
  readonly #anchors = new Map<string, Node>();
  #nodes = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  value(node: unknown, path: Path, keyOffset: number, depth = 0): unknown {
    const offset = offsetOf(node) ?? keyOffset;
    this.#source.note(path, keyOffset, offset);
    this.#bound(offset, depth);
    if (isAlias(node)) return this.#alias(node.source, path, keyOffset, offset, depth);
    if (isScalar(node) || isMap(node) || isSeq(node)) if (node.anchor) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return this.#map(node, path, depth);
    if (isSeq(node)) return this.#list(node, path, depth);
    return isScalar(node) ? this.#scalar(node.value, node.source, offset) : null;
  }

  #alias(name: string, path: Path, keyOffset: number, offset: number, depth: number): unknown {
    const target = this.#anchors.get(name);
    if (target) return this.value(target, path, keyOffset, depth + 1);
    this.#report(
      offset,
      'yaml/alias',
      `the alias *${name} names no anchor above it`,
      `define it with &${name} before it`,
    );
    return null;
  }

  #map(map: YAMLMap, path: Path, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const seen = new Map<string, number>();
    for (const pair of map.items) {
      const key = this.#key(pair);
      if (!key) continue;
      const first = seen.get(key.name);
      if (first !== undefined) {
        const { line } = this.#source.at(first);
        this.#report(
          key.offset,
          'yaml/duplicate-key',
          `"${key.name}" is used here a second time (first in line ${line})`,
          'keep one of them',
        );
      }
      seen.set(key.name, key.offset);
      result[key.name] = this.value(pair.value, [...path, key.name], key.offset, depth + 1);
    }
    return result;
  }

  #key(pair: Pair): { name: string; offset: number } | undefined {
    const offset = offsetOf(pair.key) ?? 0;
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    const name =
      typeof key === 'string' ? key : typeof key === 'number' || typeof key === 'boolean' ? String(key) : undefined;
    if (name === undefined) this.#report(offset, 'yaml/key', 'a name must be text', 'put it in quotes');
    else if (name === '__proto__')
      this.#report(offset, 'yaml/key', '"__proto__" cannot be a name', 'choose another name');
    else if (name === '<<')
      this.#report(offset, 'yaml/key', 'merge keys (<<) are not part of YAML 1.2', 'write the properties out');
    else return { name, offset };
    return undefined;
  }

  #list(list: YAMLSeq, path: Path, depth: number): unknown[] {
    return list.items.map((item, index) => this.value(item, [...path, index], offsetOf(item) ?? 0, depth + 1));
  }

  #scalar(value: unknown, written: string | undefined, offset: number): unknown {
    if (typeof value === 'number') this.#number(value, written ?? String(value), offset);
    if (typeof value === 'string') {
      const cut = cutExpression(this.#source, offset, value);
      if (cut) this.#push(cut);
      return value;
    }
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
    this.#report(
      offset,
      'yaml/value',
      `"${written ?? ''}" is neither text, number, true, false nor null`,
      'put it in quotes',
    );
    return null;
  }

  #number(value: number, written: string, offset: number): void {
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    if (exact) return;
    this.#report(
      offset,
      'yaml/number',
      `the number ${written} cannot be kept exactly`,
      `put it in quotes: "${written}"`,
    );
  }

  #bound(offset: number, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.#report(
        offset,
        'yaml/too-deep',
        `the definition nests deeper than ${MAX_DEPTH} levels`,
        'split it into several definitions',
      );
      throw new TooMuch();
    }
    if (++this.#nodes <= MAX_NODES) return;
    this.#report(
      offset,
      'yaml/too-large',
      `the definition holds more than ${MAX_NODES} values`,
      'split it, or use fewer aliases',
    );
    throw new TooMuch();
  }

  #report(offset: number, rule: string, message: string, hint?: string): void {
    this.#push(this.#source.findingAt(offset, rule, message, hint));
  }

  #push(finding: Finding): void {
    this.findings.push(finding);
    if (this.findings.length >= MAX_FINDINGS) throw new TooMuch();
  }
}

function offsetOf(node: unknown): number | undefined {
  const range = (node as ParsedNode | null)?.range;
  return range?.[0];
}
