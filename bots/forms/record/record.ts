import type { BrowserContext, Dialog, Request } from 'playwright-core';
import type { FormDefinition } from '../../../core/forms/form.ts';
import { applicationException } from '../../../core/model/problem.ts';
import { askFrames, watchGestures } from './inject.ts';
import type { Gesture } from './in-page.ts';
import { draftOf } from './draft.ts';
import { textOf } from './example.ts';
import { findStart, watchMainPage } from './start.ts';
import type { Conversation, Phase, Recording, RecordRequest } from './recording.ts';

/** The form file, the form where the file is complete, and the password that was typed, which the file does not hold. */
export type Recorded = { text: string; form: FormDefinition | undefined; password: string | undefined };

/** So often the person is asked to show the record again. */
const MOST_TRIES = 3;

/**
 * Watches a person do a job once and writes the form file for it: login, a search that finds nothing, the entry, the
 * press that cannot be taken back, and the search that finds the record.
 * @param context a browser window that the person sees; everything in it is recorded
 * @throws an application exception when the record was never seen in a table with the example's number
 */
export async function recordForm(
  context: BrowserContext,
  request: RecordRequest,
  conversation: Conversation,
): Promise<Recorded> {
  const gestures: Record<Phase, Gesture[]> = { login: [], search: [], write: [], commit: [], find: [] };
  const dialogs: Recording['dialogs'] = [];
  let phase: Phase = 'login';
  await watchGestures(context, (gesture) => gestures[phase].push(gesture));
  context.on('request', (request) => noteRequest(request, gestures[phase]));
  context.on('dialog', (dialog) => void answer(dialog, conversation, dialogs));
  const step = async (next: Phase, problem?: string): Promise<void> => {
    phase = next;
    await conversation.ask(next, context, problem);
  };
  const page = context.pages()[0] ?? (await context.newPage());
  const mainPage = watchMainPage(page);
  await page.goto(request.url);
  await step('login');
  const start = await findStart(context, request.url, mainPage);
  await step('search');
  const without = (await askFrames(context, 'lines')).flat();
  await start.fresh();
  await step('write');
  for (const press of gestures.write.filter(({ sent }) => sent !== undefined)) {
    press.lasts = await conversation.lasts(
      press.ways.button ?? press.ways.link ?? press.ways.css ?? '',
      press.sent ?? '',
    );
  }
  const shown = (await askFrames(context, 'shown')).flat();
  await step('commit');
  let problem: string | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    gestures.find = [];
    await start.fresh();
    await step('find', problem);
    const number = textOf(request.example, request.key);
    const rows = (await askFrames(context, 'rowsWith', number)).flat();
    const [row] = rows;
    problem = rows.length === 1 ? undefined : `${rows.length} rows with "${number}" are on the screen, not one`;
    if (!row || problem !== undefined) continue;
    const lines = { without, withIt: (await askFrames(context, 'lines')).flat() };
    const password = gestures.login.findLast(({ secret }) => secret)?.value;
    return { ...draftOf({ gestures, dialogs, start, shown, row, lines }, request), password };
  }
  throw applicationException('runtime', `the record cannot be found again: ${problem ?? ''}`, { retryable: false });
}

/** A request that may change something belongs to the press before it. */
function noteRequest(request: Request, gestures: Gesture[]): void {
  const last = gestures.at(-1);
  if (last?.verb !== 'press' || SAFE.has(request.method())) return;
  last.sent ??= `${request.method()} ${new URL(request.url()).pathname}`;
}

/** Methods that only read (RFC 9110, section 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** A dialog is gone when it is answered, so the person is asked outside of the browser, and the answer is kept. */
async function answer(dialog: Dialog, conversation: Conversation, dialogs: Recording['dialogs']): Promise<void> {
  const says = dialog.message();
  const given = await conversation.dialog(says);
  if (!dialogs.some((known) => known.says === says)) dialogs.push({ says, answer: given });
  await (given === 'ok' ? dialog.accept() : dialog.dismiss());
}
