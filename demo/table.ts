import type { Line } from './follow.ts';
import { outcomeOf } from './follow.ts';
import { table } from '../cli/io.ts';

/** Columns that a terminal surely has. */
const MIN_COLUMNS = 80;

/** The live table: on a terminal it is drawn over itself, elsewhere each change is one line. */
export function createTable(out: NodeJS.WriteStream): (lines: readonly Line[]) => void {
  let drawn = 0;
  const before = new Map<string, string>();
  return (lines) => {
    if (out.isTTY) {
      const text = render(lines, out.columns ?? MIN_COLUMNS);
      out.write(`${drawn > 0 ? `\x1b[${drawn}A\x1b[J` : ''}${text}\n`);
      drawn = text.split('\n').length;
      return;
    }
    for (const line of lines) {
      const now = `${line.mail.id}: ${wordsOf(line)}`;
      if (before.get(line.mail.id) === now) continue;
      before.set(line.mail.id, now);
      out.write(`${new Date().toISOString().slice(11, 19)}  ${now}\n`);
    }
  };
}

function render(lines: readonly Line[], columns: number): string {
  const rows = lines.map((line) => [line.mail.id, line.mail.from.name, wordsOf(line)]);
  return table(['MAIL', 'FROM', 'STATE'], rows)
    .split('\n')
    .map((row) => row.slice(0, columns - 1))
    .join('\n');
}

/** What happens to a mail now, or how it ended. */
function wordsOf(line: Line): string {
  if (line.state === 'done') {
    const records = line.outcomes.flatMap((outcome) => (outcome.record ? [`record ${outcome.record}`] : []));
    return [outcomeOf(line), ...records].join(', ');
  }
  const detail = line.detail ? ` (${line.detail.split('\n')[0]})` : '';
  const isPlain = line.state === 'sent' || line.state === 'working' || line.state === 'waiting for a person';
  return (isPlain ? line.step : [line.state, ...(line.step ? [line.step] : [])].join(': ')) + detail;
}
