import { z } from 'zod';
import { Artefact } from './artefact.ts';
import { MoneyText } from './money.ts';

/** What people read in their own language; one text where it is a name that no language changes. */
export const Label = z.union([
  z.string().min(1).max(200),
  z.strictObject({ pl: z.string().min(1).max(200), en: z.string().min(1).max(200) }),
]);
export type Label = z.infer<typeof Label>;

/** A fact is read at a glance; what is longer is a file. */
const MAX_FACT_LENGTH = 2000;
/** More than fits on two screens of a phone is no summary. */
const MAX_FACTS = 40;
/** A person looks through so many columns and rows before deciding; more of them is a workbook, handed in as a file. */
const MAX_COLUMNS = 12;
const MAX_ROWS = 200;
/** Files that one person opens for one decision. */
const MAX_FILES = 20;

/** A day, or days from and to, both included (ISO 8601-1, section 5.5: an interval of two dates). */
export const DatePeriod = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/,
    'a period is two dates with a slash, for example 2026-12-24/2026-12-31',
  )
  .refine((text) => text.split('/').every((date) => z.iso.date().safeParse(date).success), {
    error: 'one of the two dates of this period is not in the calendar',
  })
  .refine(
    (text) => {
      const [from = '', to = ''] = text.split('/');
      return from <= to;
    },
    { error: 'this period ends before it begins' },
  );

const FactValue = z.string().max(MAX_FACT_LENGTH);
/** Pages lead nowhere but to the web: a script or a file of the reader's machine is no link. */
const WebAddress = z.url({ protocol: /^https?$/, error: 'a link is an address such as https://example.com/page' });

const FACTS = [
  z.strictObject({ label: Label, value: FactValue, kind: z.literal('text').optional() }),
  z.strictObject({ label: Label, value: MoneyText, kind: z.literal('money') }),
  z.strictObject({ label: Label, value: z.iso.date(), kind: z.literal('date') }),
  z.strictObject({ label: Label, value: DatePeriod, kind: z.literal('period') }),
  z.strictObject({ label: Label, value: FactValue.describe('Name or mail address'), kind: z.literal('person') }),
  z.strictObject({ label: Label, value: WebAddress, kind: z.literal('link') }),
] as const;
const KINDS = FACTS.flatMap(({ shape }) => [...shape.kind._zod.values]).filter((kind) => kind !== undefined);

/** One labelled fact. What kind it is says how it is checked and shown; without a kind it is text. */
export const Fact = z.discriminatedUnion('kind', FACTS, {
  error: ({ code }) => (code === 'invalid_union' ? `a fact is of kind ${KINDS.join(', ')}` : undefined),
});
export type Fact = z.infer<typeof Fact>;

const Cell = z.string().max(MAX_FACT_LENGTH);

/** Rows to look at: of an order, of a settlement. */
export const SubjectTable = z
  .strictObject({
    columns: z
      .array(z.strictObject({ label: Label, kind: z.enum(['text', 'number', 'money', 'date']).default('text') }))
      .min(1)
      .max(MAX_COLUMNS),
    rows: z.array(z.array(Cell)).max(MAX_ROWS).describe('Cells as texts, in the order of the columns'),
  })
  .superRefine(({ columns, rows }, context) => {
    if (!Array.isArray(columns) || !Array.isArray(rows)) return;
    rows.forEach((row, i) => {
      if (row.length <= columns.length) return;
      const message = `row ${i + 1} has ${row.length} cells, and there are ${columns.length} columns`;
      context.addIssue({ code: 'custom', path: ['rows', i], message });
    });
  });
export type SubjectTable = z.infer<typeof SubjectTable>;

/** What people are asked about where it is no invoice: leave, access, an order, a payment, a contract. */
export const Subject = z.strictObject({
  title: z.string().min(1).max(200).describe('What it is, in a few words: the heading of page and mail'),
  amount: MoneyText.optional().describe('What it costs; rules by amount look at it. Without it, none of them fits'),
  requester: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Who asks: mail address or role. May not approve (four eyes), and is asked first where there is a question',
    ),
  facts: z.array(Fact).max(MAX_FACTS).default([]),
  table: SubjectTable.optional(),
  files: z.array(Artefact.strict()).max(MAX_FILES).default([]).describe('To look at before deciding'),
});
export type Subject = z.infer<typeof Subject>;
