import { z } from 'zod';

/** ISO 8601 without years and months, whose length is open. */
const Period = z
  .string()
  .regex(
    /^P(?!$)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'a length of time is ISO 8601, for example P2D (two days) or PT30M (half an hour)',
  );

/** What a function does when it fails: a business exception by its code, or an application exception by its type. */
const Raised = z.union([
  z.strictObject({ business: z.string().min(1), detail: z.string().optional() }),
  z.strictObject({
    error: z.string().min(1).describe('Type of the error: timeout, communication, … or a URI'),
    status: z.number().int().optional(),
    detail: z.string().optional(),
  }),
]);

/** One answer of a function. `with`: the answer is for calls whose arguments contain this. */
export const Answer = z
  .strictObject({
    with: z.unknown().optional(),
    returns: z.unknown().optional(),
    raises: Raised.optional(),
  })
  .refine((answer) => 'returns' in answer !== (answer.raises !== undefined), 'an answer either returns or raises');
export type Answer = z.infer<typeof Answer>;

/** One answer for every call; or a list, used up in order. */
export const Answers = z.record(z.string(), z.union([Answer, z.array(Answer).min(1)]));
export type Answers = z.infer<typeof Answers>;

/** A CloudEvent as a case writes it; what is missing is made up. */
export const CaseEvent = z.looseObject({
  type: z.string().min(1),
  source: z.string().min(1).default('case'),
  id: z.string().min(1).optional(),
  data: z.unknown().optional(),
});

const Expected = z
  .strictObject({
    output: z.unknown().optional().describe('The whole output'),
    fault: z
      .looseObject({ type: z.string().describe('By its last word, for example timeout or unknown-supplier') })
      .optional()
      .describe('The run ends with this error; properties that are not named may be anything'),
    path: z.array(z.string()).optional().describe('Tasks in the order they ran, without groups and those skipped'),
    calls: z
      .array(z.strictObject({ call: z.string(), with: z.unknown().optional() }))
      .optional()
      .describe('Calls that happen, in this order, among others; `with` is the part that matters'),
    never: z.array(z.string()).optional().describe('Functions that must not be called'),
  })
  .refine((expected) => Object.keys(expected).length > 0, 'a case expects at least something')
  .refine((expected) => !('output' in expected && 'fault' in expected), 'a run has an output or a fault, not both');

/** One case of a definition: what comes in, what functions answer, what is expected. `cases/<name>.yaml`. */
export const Case = z
  .strictObject({
    title: z.string().min(1).describe('What the case shows, in a sentence'),
    like: z.string().optional().describe('Another case of the folder, whose input and answers this one starts from'),
    now: z.iso.datetime({ offset: true }).optional().describe('When the run begins, by its own clock'),
    input: z.unknown().optional(),
    event: CaseEvent.optional().describe('The event that starts the run: its data, in a list, is the input'),
    answers: Answers.default({}).describe('By name of a task or of a function; the task goes first'),
    events: z
      .array(CaseEvent.extend({ after: Period.default('PT0S').describe('So long after the start') }))
      .default([])
      .describe('Events that arrive while the run goes on'),
    expect: Expected,
  })
  .refine((one) => !('input' in one && 'event' in one), 'a case has an input or an event, not both');
export type CaseEvent = z.infer<typeof CaseEvent>;
export type Case = z.infer<typeof Case>;
