import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDefinition } from '../core/language/check/index.ts';
import { loadDefinition } from '../core/language/load.ts';
import { errorName } from '../core/model/problem.ts';
import { MESSAGES } from '../core/model/run.ts';
import { Engine, problemOf } from './support/temporal.ts';

type Example = { title: string; text: string; notes: Record<string, unknown> };

/** Fenced YAML of the page with the notes in its first comment lines. */
async function examples(): Promise<Example[]> {
  const page = await readFile(join(import.meta.dirname, '../docs/tasks.md'), 'utf8');
  return page.split(/^## /m).flatMap((section) => {
    const text = /```yaml\n([\s\S]*?)```/.exec(section)?.[1];
    if (text === undefined) return [];
    const notes = [...text.matchAll(/^# (\w+): (.*)$/gm)].map(([, name = '', value = '']) => [name, noteOf(value)]);
    return [{ title: section.split('\n')[0] ?? '', text, notes: Object.fromEntries(notes) as Record<string, unknown> }];
  });
}

const noteOf = (value: string): unknown => (/^[[{"\d]/.test(value) ? JSON.parse(value) : value);
const found = await examples();
const answers = Object.assign({}, ...found.map(({ notes }) => notes['answers'] ?? {})) as Record<string, unknown>;

let engine: Engine;

beforeAll(async () => {
  const stubs = Object.entries(answers).map(([name, answer]) => [name, () => answer]);
  engine = await Engine.start({ stubs: Object.fromEntries(stubs) });
});
afterAll(() => engine.stop());

describe('docs/tasks.md', () => {
  it('should show every task of the language', () => {
    const shown = found.map(({ title }) => title.split(':')[0]);
    const tasks = 'call do emit for fork listen raise run set switch try wait'.split(' ');
    expect(new Set(shown)).toEqual(new Set(tasks));
  });

  it.each(found)('should run as it stands: $title', async ({ text, notes }) => {
    const document = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';
    const loaded = loadDefinition(document + text, 'docs/tasks.md');
    expect(loaded.findings).toEqual([]);
    if (loaded.ok) expect(checkDefinition(loaded.loaded).filter(({ severity }) => severity === 'error')).toEqual([]);
    const handle = await engine.begin(text, notes['input']);
    for (const [index, event] of ((notes['events'] ?? []) as object[]).entries()) {
      await handle.signal(MESSAGES.event, { specversion: '1.0', id: String(index), ...event });
    }
    if ('fault' in notes) expect(errorName((await problemOf(handle)).type)).toBe(notes['fault']);
    else expect(await handle.result()).toEqual(notes['output']);
  });
});
