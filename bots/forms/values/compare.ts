import { Big } from 'big.js';
import { singlePath } from '../../../core/forms/template.ts';
import { parseValue } from './formats.ts';
import type { Job } from '../job.ts';

/** Compares dates as dates and amounts as amounts where the template is one value with a type; else as text. */
export function equal(job: Job, template: string, shown: string): boolean {
  const type = typeOf(job, template);
  const sent = job.values.text(template).replace(/\s+/g, ' ').trim();
  if (type === 'text') return shown === sent;
  const { formats } = job.screen.form;
  const [is, should] = [parseValue(shown, type, formats), parseValue(sent, type, formats)];
  // Lists of legacy applications leave out zeros.
  const cell = type === 'amount' && is === '' ? '0' : is;
  return cell === should || (type !== 'date' && sameAmount(cell, should));
}

/** What the target shows for this template, as ISO 8601 date or decimal string where it is one. */
export function readAs(job: Job, template: string | undefined, shown: string): string {
  return parseValue(shown, template === undefined ? 'text' : typeOf(job, template), job.screen.form.formats);
}

function typeOf(job: Job, template: string) {
  const path = singlePath(template);
  return path ? job.values.at(path).type : 'text';
}

function sameAmount(a: string, b: string): boolean {
  const number = /^-?\d+(\.\d+)?$/;
  return number.test(a) && number.test(b) && new Big(a).eq(b);
}
