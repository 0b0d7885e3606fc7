import { expect, it } from 'vitest';
import { loadForm } from '../../../core/forms/load.ts';
import { equal } from './compare.ts';
import type { Job } from '../job.ts';
import { Values } from './values.ts';

const form = loadForm(
  `form: one
title: One
effect: none
target: { name: t, start: /, login: [{ press: go }], signed out: out }
formats: { decimal: ',', thousands: '.' }
parameters: { vat: { type: amount }, note: { type: text }, day: { type: date, optional: true } }
fields: { go: { button: Go, name: go } }
write: [{ press: go }]
`,
  'one.yaml',
);

/** What comparing needs of a job. */
function shows(template: string, values: Record<string, unknown>, shown: string): boolean {
  const job = { screen: { form }, values: Values.ofRun(form, { vat: '0.00', note: 'x', ...values }) };
  return equal(job as unknown as Job, template, shown);
}

it('should take an empty cell for a zero amount: legacy lists leave zeros out', () => {
  expect(shows('{vat}', { vat: '0.00' }, '')).toBe(true);
  expect(shows('{vat}', { vat: '0.01' }, '')).toBe(false);
  expect(shows('{vat}', { vat: '1234.50' }, '1.234,5')).toBe(true);
});

it('should not take an empty cell for a text or a day', () => {
  expect(shows('{note}', { note: '0' }, '')).toBe(false);
  expect(shows('{day}', { day: '2026-11-03' }, '')).toBe(false);
});
