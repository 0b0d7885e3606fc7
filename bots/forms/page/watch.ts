import type { BrowserContext, Dialog, Page, Request, Response } from 'playwright-core';
import type { FormDefinition } from '../../../core/forms/form.ts';
import { applicationException, businessException } from '../../../core/model/problem.ts';
import type { ProblemError } from '../../../core/model/problem.ts';
import { HeldBack, Refused } from '../errors.ts';

/** From here on the server says that it failed (RFC 9110 section 15.6). */
const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** Requests that scripts make. */
const SCRIPTED: ReadonlySet<string> = new Set(['xhr', 'fetch']);
/** A request that only reads and is held open for longer than this is no answer to a step: pages wait so for news. */
const HELD_MS = 2_000;
/** A page that asks for the same so often within one wait asks by the clock. */
const POLLS = 8;

type Pending = { page: Page | undefined; since: number };

const keyOf = (request: Request): string => `${request.method()} ${request.url().split('?')[0] ?? ''}`;

/** Methods that only read (RFC 9110, section 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Kinds of request after which the page looks different. */
const AWAITED: ReadonlySet<string> = new Set(['document', 'xhr', 'fetch', 'script']);

/**
 * What happens in the browser by itself while steps are done: requests on their way, answers that are errors, native
 * dialogs. The first trouble is kept and thrown at the end of the step.
 */
export class Watch {
  readonly #form: FormDefinition;
  readonly #pending = new Map<Request, Pending>();
  /** What pages do for themselves: they poll, or hold a request open. */
  readonly #background = new Set<string>();
  readonly #rounds = new Map<string, number>();
  #trouble: Error | undefined;
  #sockets = 0;
  /** A dry run: what may change the target is not sent. */
  holding = false;
  /** What is pressed now changes nothing, as the form file says. */
  harmless = false;
  /** While a session is looked for, 401 says that there is none. */
  signingIn = false;
  unauthorized = false;
  /** Requests of all kinds that have left so far. */
  sent = 0;

  constructor(context: BrowserContext, form: FormDefinition) {
    this.#form = form;
    context.on('request', (request) => {
      this.sent += 1;
      this.#await(request);
    });
    context.on('requestfinished', (request) => this.#pending.delete(request));
    context.on('requestfailed', (request) => this.#pending.delete(request));
    context.on('response', (response) => this.#onResponse(response));
    context.on('dialog', (dialog) => void this.#onDialog(dialog));
    context.on('page', (page) => {
      page.on('request', (request) => this.#await(request, page));
      page.on('websocket', (socket) => {
        this.#sockets += 1;
        socket.on('close', () => (this.#sockets -= 1));
      });
      page.on('close', () => this.#forget(page));
    });
  }

  /** True while an answer is awaited that may change what is on the screen. */
  get busy(): boolean {
    for (const [request, { since }] of this.#pending) {
      if (this.#background.has(keyOf(request))) continue;
      const holds = SCRIPTED.has(request.resourceType()) && SAFE.has(request.method());
      if (!holds || Date.now() - since < HELD_MS) return true;
      this.#background.add(keyOf(request));
    }
    return false;
  }

  /** True where the page talks over a socket: what it says there is seen by nobody. */
  get talks(): boolean {
    return this.#sockets > 0;
  }

  /**
   * In a dry run, true for a request that may change the target: any but a safe one (RFC 9110, 9.2.1), those to paths
   * that the form file says only read, and those of what it calls harmless. Ends the dry run.
   */
  holdsBack(request: Request): boolean {
    if (!this.holding || this.harmless || SAFE.has(request.method())) return false;
    const { pathname } = new URL(request.url());
    if (this.#form.target.reads.some((path) => pathname.startsWith(path))) return false;
    // What a page reports about itself ends nothing.
    if (request.resourceType() !== 'ping') this.trouble(new HeldBack(heldBack(request.method(), pathname)));
    return true;
  }

  /** Begins to count anew what the page asks for again and again. */
  newRound(): void {
    this.#rounds.clear();
  }

  /** Keeps the first trouble; later ones follow from it. */
  trouble(problem: Error): void {
    this.#trouble ??= problem;
  }

  /** Throws the trouble of the step, once. */
  throwTrouble(): void {
    const trouble = this.#trouble;
    this.#trouble = undefined;
    if (trouble) throw trouble;
  }

  #await(request: Request, page?: Page): void {
    if (!AWAITED.has(request.resourceType())) return;
    const known = this.#pending.get(request);
    this.#pending.set(request, { page: page ?? known?.page, since: known?.since ?? Date.now() });
    if (known || !SCRIPTED.has(request.resourceType())) return;
    const key = keyOf(request);
    const times = (this.#rounds.get(key) ?? 0) + 1;
    this.#rounds.set(key, times);
    if (times >= POLLS) this.#background.add(key);
  }

  /** Requests of a closed page never end by themselves. */
  #forget(page: Page): void {
    for (const [request, { page: from }] of this.#pending) {
      if (from === page) this.#pending.delete(request);
    }
  }

  #onResponse(response: Response): void {
    const status = response.status();
    const request = response.request();
    if (status < CLIENT_ERROR || !request.isNavigationRequest()) return;
    const what = `the target answered ${status} to ${request.method()} ${new URL(request.url()).pathname}`;
    if (status === UNAUTHORIZED && this.signingIn) this.unauthorized = true;
    else if (status >= SERVER_ERROR) this.trouble(applicationException('communication', what, { status }));
    else if (status === UNAUTHORIZED || status === FORBIDDEN) {
      this.trouble(
        applicationException(
          'authorization',
          `${what}; check the user's rights, and name in \`signed out\` how the target shows that there is no session`,
          { status },
        ),
      );
    } else this.trouble(applicationException('communication', what, { status, retryable: false }));
  }

  async #onDialog(dialog: Dialog): Promise<void> {
    const message = dialog.message();
    const expected = this.#form.target.dialogs.find(({ says }) => message.includes(says));
    if (expected?.as !== undefined)
      this.trouble(new Refused(businessException(expected.as, `the target says: ${message}`)));
    else if (!expected && dialog.type() !== 'beforeunload') this.trouble(unexpected(dialog));
    const accept = expected ? expected.answer === 'ok' : dialog.type() !== 'confirm';
    // The page may be closing under the dialog; then there is nothing left to answer.
    await (accept ? dialog.accept() : dialog.dismiss()).catch(() => undefined);
  }
}

const heldBack = (method: string, path: string): string =>
  `${method} ${path} may change the target and was not sent; if it changes nothing, mark the field that was pressed with \`harmless: true\`, or name the path under target/reads`;

function unexpected(dialog: Dialog): ProblemError {
  const detail = `the target shows an unexpected ${dialog.type()}: "${dialog.message()}"; name it under target/dialogs`;
  return applicationException('runtime', detail, { retryable: false });
}
