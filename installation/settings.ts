import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { Settings } from '../core/settings/settings.ts';
import { applicationException } from '../core/model/problem.ts';

/** A settings file of a large company is a few hundred lines; more is a mistake. */
const MAX_SETTINGS_BYTES = 1024 * 1024;

/** Reads `zaplecze.yaml`. Every mistake is named with file, line, column and the value that would be right. */
export async function loadSettings(path: string): Promise<Settings> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw applicationException(
      'configuration',
      `the settings file ${path} cannot be read. To fix: copy demo/zaplecze.yaml there`,
      {
        cause,
      },
    );
  });
  return parseSettings(text, path);
}

/** Reads the text of a settings file. */
export function parseSettings(text: string, path: string): Settings {
  if (text.length > MAX_SETTINGS_BYTES)
    throw applicationException('configuration', `${path} is over ${MAX_SETTINGS_BYTES} bytes`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number | undefined) => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${path}:${line}:${col}`;
  };
  const broken = document.errors[0];
  if (broken) throw applicationException('configuration', `${at(broken.pos[0])} ${broken.message}`);
  const result = Settings.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (result.success) return result.data;
  const told = result.error.issues.map((issue) => {
    const path = issue.path.map(String);
    const node = document.getIn(path, true) ?? document.getIn(path.slice(0, -1), true);
    const range =
      node && typeof node === 'object' && 'range' in node ? (node.range as [number] | undefined) : undefined;
    return `${at(range?.[0])} ${path.join('.')}: ${issue.message}`;
  });
  throw applicationException('configuration', told.join('\n'));
}
