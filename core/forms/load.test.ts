import { describe, expect, it } from 'vitest';
import { checkForm, loadForm } from './load.ts';
import { parseTemplate } from './template.ts';

const GOOD = `form: note-visit
title: Note a visit
effect: posting
target:
  name: office
  start: /
  login:
    - fill: { user: '{user}', password: '{password}' }
    - press: enter
  signed out: { field: password }
parameters:
  number: { type: text }
  lines: { type: list, of: { net: { type: amount } } }
codes:
  vat: { '23': A }
fields:
  user: { name: u }
  password: { css: 'input[type=password]' }
  enter: { button: Enter }
  number: { label: Number, name: n }
  net: { column: Net, row: '{row}' }
  save: { button: Save }
find:
  steps:
    - fill: { number: '{number}' }
  table: { number: No. }
  match: { number: '{number}' }
write:
  - fill: { number: '{number}' }
  - repeat: { for: lines, as: line, do: [{ fill: { net: '{line.net}' } }] }
  - commit: save
confirm: { find again: true }
`;

/** The first finding after a change of the good form. */
const first = (from: string, to: string): string => {
  const [finding] = checkForm(GOOD.replace(from, to), 'f.yaml').findings;
  return finding ? `${finding.line}:${finding.column} ${finding.what} (${finding.mend})` : 'fine';
};

describe('a form file', () => {
  it('is loaded with its defaults', () => {
    expect(loadForm(GOOD, 'f.yaml')).toMatchObject({ target: { patience: 30 }, formats: { date: 'YYYY-MM-DD' } });
  });

  it.each([
    ['    - press: enter', '    - pres: enter', /^9:7 .*pres/],
    [
      "fill: { number: '{number}' }\n  - repeat",
      "fill: { nummer: '{number}' }\n  - repeat",
      /^29:13 .*no field "nummer"/,
    ],
    ["number: '{number}' }\n  - repeat", "number: '{nr}' }\n  - repeat", /^29:13 .*nothing is called "nr"/],
    ['{line.net}', '{line.gross}', /^30:.*"line" has no "gross"/],
    ['  - commit: save', '  - press: save', /^28:.*0 `commit` steps/],
    ['confirm: { find again: true }\n', '', /needs `find` and `confirm`/],
    ["match: { number: '{number}' }", "match: { nr: '{number}' }", /no column "nr"/],
    ["'{number}' }\n  table", "'{password}' }\n  table", /nothing is called "password"/],
    ['form: note-visit', 'form: [', /^\d+:\d+/],
    [
      'label: Number',
      'labl: Number',
      /^20:13 fields\/number\/labl: unknown property "labl" \(did you mean "label"\?\)/,
    ],
    ['  - fill: {', '\t- fill: {', /^8:3 a tab is used for indentation \(indent with spaces/],
    ['type: text', 'type: tekst', /^12:19 parameters\/number\/type: expected one of text, .+, found "tekst"/],
    [GOOD, '', /^1:1 the file is empty/],
    ['  - commit: save', '  - commit: save\n    press: enter', /exactly one verb/],
  ])('refuses %j → %j, saying where', (from, to, expected) => {
    expect(GOOD).toContain(from);
    expect(first(from, to)).toMatch(expected);
  });

  it('names file, line and column in the error', () => {
    expect(() => loadForm(GOOD.replace('commit: save', 'commit: safe'), 'x/f.yaml')).toThrow(/x\/f\.yaml:31:5: /);
  });

  it('that only reads needs neither find nor confirm', () => {
    const reading = GOOD.replace('effect: posting', 'effect: none')
      .replace('  - commit: save', '  - press: save')
      .replace(/find:[\s\S]*?write:/, 'write:')
      .replace('confirm: { find again: true }', '');
    expect(checkForm(reading, 'f.yaml').findings).toEqual([]);
  });
});

describe('a template', () => {
  it('is text and values, with braces doubled', () => {
    expect(parseTemplate('a {{b}} {c.d | e}')).toEqual([
      { text: 'a ' },
      { text: '{' },
      { text: 'b' },
      { text: '}' },
      { text: ' ' },
      { path: ['c', 'd'], code: 'e' },
    ]);
    expect(() => parseTemplate('{')).toThrow(SyntaxError);
    expect(() => parseTemplate('{}')).toThrow(SyntaxError);
  });
});
