import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fieldsSchema } from './editor-schema.ts';
import { FieldsFile } from './field.ts';
import { checkFields } from './load.ts';
import { readFields } from './read.ts';

const LEAVE = `title: { pl: Wniosek urlopowy, en: Leave request }
fields:
  - { name: kind, label: Rodzaj, kind: choice, required: true, options: [wypoczynkowy, { value: sick, label: { pl: L4, en: Sick leave } }] }
  - { name: note, label: Zwolnienie, kind: file, required: true, when: { field: kind, is: sick } }
  - { name: days, label: Okres, kind: period, required: true, min: 2026-01-01 }
  - { name: half, label: Pół dnia, kind: yes-no }
  - { name: hours, label: Godzin, kind: number, min: 1, max: 4, decimals: 1, when: { field: half, is: true } }
  - { name: cost, label: Koszt, kind: money, currencies: [PLN, EUR], max: "1000.00" }
  - { name: stand_in, label: Zastępuje, kind: person }
  - name: trips
    label: Przejazdy
    kind: table
    maxRows: 3
    columns:
      - { name: from, label: Skąd, kind: text, required: true }
      - { name: price, label: Cena, kind: money }
`;

const findings = (text: string): string[] =>
  checkFields(text, 'fields/leave.yaml').findings.map(({ line, column, message, hint }) =>
    [`${line}:${column} ${message}`, hint].filter(Boolean).join('; '),
  );
const file = (mediaType: string) => ({ id: `sha256:${'a'.repeat(64)}`, name: 'L4.pdf', mediaType, size: 3 });
const LEAVE_FIELDS = FieldsFile.parse(checkFields(LEAVE, 'a.yaml').fields).fields;
const read = (typed: Record<string, string>, files = {}) => {
  const { values, problems } = readFields(LEAVE_FIELDS, typed, files, 'en');
  return { values, problems: Object.fromEntries(problems) };
};

describe('a file of fields', () => {
  it('should have nothing to say about a right one', () => {
    expect(findings(LEAVE)).toEqual([]);
  });

  const one = (field: string): string => `title: T\nfields:\n  - ${field}\n`;
  it.each([
    [
      'a kind that there is not',
      one('{ name: a, label: A, kind: txt }'),
      /^3:32 "kind" is one of text, long-text, number/,
    ],
    [
      'a key of another kind',
      one('{ name: a, label: A, kind: text, options: [x] }'),
      /^3:38 unknown property "options"/,
    ],
    ['a mistyped key', one('{ name: a, label: A, kind: text, requierd: true }'), /^3:38 .*did you mean "required"/],
    ['a missing label', one('{ name: a, kind: text }'), /^3:5 "label" is missing/],
    [
      'a name that jq cannot read',
      one('{ name: first-day, label: A, kind: date }'),
      /^3:13 a field is named in letters/,
    ],
    [
      'a condition on nothing',
      one('{ name: a, label: A, kind: text, when: { field: b, is: x } }'),
      /no field "b" above this one/,
    ],
    [
      'a default that is no option',
      one('{ name: a, label: A, kind: choice, options: [x], default: y }'),
      /"y" is no option/,
    ],
    ['an empty range', one('{ name: a, label: A, kind: number, min: 5, max: 1 }'), /no value is from "min" to "max"/],
    [
      'a name twice',
      one('{ name: a, label: A, kind: text }\n  - { name: a, label: B, kind: text }'),
      /^4:13 "a" is there twice/,
    ],
    [
      'a value that is no option',
      LEAVE.replace('is: sick', 'is: L4'),
      /^4:\d+ "L4" is no option of "kind"; options: wypoczynkowy, sick/,
    ],
  ])('should refuse %s where it stands', (_, text, expected) => {
    const found = findings(text);
    expect(found, found.join('\n')).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('should be the schema that the repository holds (npm run -s zaplecze -- schema --fields > definitions/fields.schema.json)', async () => {
    const kept = await readFile(new URL('../../definitions/fields.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(fieldsSchema())));
  });
});

describe('what was filled in', () => {
  const plain = { kind: 'wypoczynkowy', 'days.from': '2026-12-28', 'days.to': '2026-12-31' };

  it('should become values of their kinds', () => {
    const typed = {
      ...plain,
      half: 'yes',
      hours: '2,5',
      cost: '1 000,00',
      'cost.currency': 'EUR',
      stand_in: 'Ben@Huta.example',
    };
    const rows = { 'trips.0.from': 'Gdańsk', 'trips.0.price': '45', 'trips.2.from': 'Łódź' };
    expect(read({ ...typed, ...rows })).toEqual({
      problems: {},
      values: {
        kind: 'wypoczynkowy',
        days: '2026-12-28/2026-12-31',
        half: true,
        hours: 2.5,
        cost: '1000.00 EUR',
        stand_in: 'ben@huta.example',
        trips: [{ from: 'Gdańsk', price: '45.00 PLN' }, { from: 'Łódź' }],
      },
    });
  });

  it('should leave out what another field says is not asked', () => {
    expect(read({ ...plain, hours: '99' }, { note: [file('text/html')] })).toEqual({
      problems: {},
      values: { kind: 'wypoczynkowy', days: '2026-12-28/2026-12-31' },
    });
    expect(read({ ...plain, kind: 'sick' }).problems).toEqual({ note: 'Please fill this in.' });
    expect(read({ ...plain, kind: 'sick' }, { note: [file('application/pdf')] }).values).toHaveProperty('note');
  });

  it.each([
    [{ ...plain, kind: 'urlop' }, { kind: 'Please choose from the list.' }],
    [{ ...plain, 'days.to': '' }, { days: 'Please give the first and the last day.' }],
    [{ ...plain, 'days.to': '2026-12-01' }, { days: 'The last day is before the first.' }],
    [{ ...plain, 'days.from': '2025-12-31' }, { days: 'At least 1 January 2026.' }],
    [{ ...plain, 'days.from': '2026-02-30' }, { days: expect.stringContaining('year, month, day') as string }],
    [{ ...plain, half: 'yes', hours: 'two' }, { hours: expect.stringContaining('a number') as string }],
    [{ ...plain, half: 'yes', hours: '2.25' }, { hours: 'At most 1 digits behind the point.' }],
    [{ ...plain, half: 'yes', hours: '5' }, { hours: 'At most 4.' }],
    [{ ...plain, cost: '1000.01' }, { cost: 'At most 1,000.00.' }],
    [{ ...plain, cost: '5', 'cost.currency': 'USD' }, { cost: 'Please choose a currency from the list.' }],
    [{ ...plain, cost: '1.234' }, { cost: expect.stringContaining('1234.56') as string }],
    [{ ...plain, stand_in: 'Ben' }, { stand_in: expect.stringContaining('mail address') as string }],
    [
      { ...plain, 'trips.1.price': 'x' },
      { 'trips.1.from': 'Please fill this in.', 'trips.1.price': expect.any(String) as string },
    ],
  ])('should say beside the field what is wrong: %j', (typed, problems) => {
    expect(read(typed).problems).toEqual(problems);
  });

  it('should refuse a file of another kind', () => {
    const typed = { ...plain, kind: 'sick' };
    expect(read(typed, { note: [file('text/html')] }).problems['note']).toContain('Accepted: PDF, pictures.');
  });
});
