import { type MailTemplate, parseTemplateText, type Placeholder } from '../../core/messages/mail-template.ts';
import { applicationException } from '../../core/model/problem.ts';
import { formatDay, formatDecimal, formatMoment, formatMoney, type Writing } from './format.ts';
import { oneLine } from './headers.ts';
import { escapeHtml } from './html.ts';

/**
 * Fills a mail template with values. In `html`, values are escaped; the subject stays on one line. Values are never
 * read as templates themselves. Throws a validation problem that names every value which is missing or does not fit
 * its format, all at once.
 */
export function renderTemplate(
  template: MailTemplate,
  values: Record<string, unknown>,
  options: { language: 'pl' | 'en'; timeZone?: string },
): { subject: string; text: string; html?: string } {
  const writing: Writing = { language: options.language, timeZone: options.timeZone ?? 'Europe/Warsaw' };
  const faults = new Set<string>();
  const render = (text: string, escape: (value: string) => string) =>
    partsOf(text, faults)
      .map((part) => (typeof part === 'string' ? part : escape(show(part, values, writing, faults))))
      .join('');
  const rendered = {
    subject: oneLine(render(template.subject, (value) => value)),
    text: render(template.text, (value) => value),
    ...(template.html !== undefined && { html: render(template.html, escapeHtml) }),
  };
  if (faults.size > 0) {
    const detail = `the mail template cannot be filled: ${[...faults].join('; ')}`;
    throw applicationException('validation', detail, { retryable: false });
  }
  return rendered;
}

function partsOf(text: string, faults: Set<string>): (string | Placeholder)[] {
  try {
    return parseTemplateText(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    faults.add(error.message);
    return [];
  }
}

/** The value of a placeholder as text; a fault is noted and shown as nothing. */
function show(placeholder: Placeholder, values: object, writing: Writing, faults: Set<string>): string {
  const value = lookUp(values, placeholder.path);
  if (value === undefined || value === null) {
    faults.add(`value "${placeholder.path}" is missing`);
    return '';
  }
  const argument = placeholder.argument === undefined ? undefined : lookUp(values, placeholder.argument);
  const text = format(placeholder, value, argument, writing);
  if (text !== undefined) return text;
  const kind = placeholder.format ?? 'text';
  faults.add(`${placeholder.source}: ${shorten(JSON.stringify(value))} cannot be shown as ${kind}`);
  return '';
}

function format(
  { format: kind }: Placeholder,
  value: unknown,
  argument: unknown,
  writing: Writing,
): string | undefined {
  if (kind === 'money') return money(value, argument, writing);
  if (kind === 'list') return Array.isArray(value) ? list(value) : undefined;
  const text = plain(value);
  if (text === undefined || kind === undefined) return text;
  if (kind === 'number') return formatDecimal(text, writing);
  return kind === 'date' ? formatDay(text, writing) : formatMoment(text, writing);
}

/** Money as `"10.00 PLN"`, as `{amount, currency}`, or as an amount with the currency named beside it. */
function money(value: unknown, currency: unknown, writing: Writing): string | undefined {
  if (typeof value === 'object' && value !== null) {
    return money(lookUp(value, 'amount'), lookUp(value, 'currency'), writing);
  }
  const [amount = '', own] = (plain(value) ?? '').split(' ');
  return formatMoney(amount, own ?? plain(currency) ?? '', writing);
}

function list(items: unknown[]): string | undefined {
  const texts = items.map(plain);
  return texts.includes(undefined) ? undefined : texts.map((text) => `- ${oneLine(text ?? '')}`).join('\n');
}

function plain(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Own properties only: `constructor` and its like are no values. */
function lookUp(values: object, path: string): unknown {
  let value: unknown = values;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** Characters of a value shown in a message. */
const SHOWN_CHARS = 40;

function shorten(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
