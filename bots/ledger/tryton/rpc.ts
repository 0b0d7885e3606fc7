import { applicationException, businessException, ProblemError } from '../../../core/model/problem.ts';
import type { Target } from '../../forms/index.ts';
import type { LedgerContext } from '../ledger.ts';
import { isRecord, type TrytonRecord } from './values.ts';

/** One call computes and posts one invoice; a server that is silent for so long is not well. */
const CALL_LIMIT_MS = 60_000;
/** A page of records of one search is some kilobytes; more is not what was asked for. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Tryton asks whether to go on; `name` says about what ("….invoice_similar"). */
export class TrytonWarning extends Error {
  override readonly name = 'TrytonWarning';
  readonly key: string;
  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
  /** What it is about, without the hash of the records. */
  get about(): string {
    return this.key.split('.').at(-1) ?? this.key;
  }
}

/** Somebody else wrote the same record at the same moment; another attempt finds what they did. */
export class TrytonConflict extends ProblemError {
  constructor(method: string) {
    const { problem } = applicationException('runtime', `somebody else changed the record during ${method}`);
    super(problem, { retryable: true });
  }
}

type Session = { user: unknown; authorization: string; context: TrytonRecord };

/** JSON-RPC of one Tryton database (`POST <url>rpc/`, trytond/protocols). Logs in when needed, and once more when the session is over. */
export class TrytonRpc {
  readonly #target: Target;
  readonly #limits: LedgerContext;
  #session: Session | undefined;
  #calls = 0;

  constructor(target: Target, limits: LedgerContext) {
    this.#target = target;
    this.#limits = limits;
  }

  /**
   * Calls a method of a model, with the user's context as its last parameter.
   * @throws ProblemError classified by what happened; TrytonWarning where Tryton asks back.
   */
  async call(model: string, method: string, ...params: unknown[]): Promise<unknown> {
    this.#limits.onProgress?.(`${model} ${method}`);
    const name = `model.${model}.${method}`;
    const session = (this.#session ??= await this.#login());
    const result = await this.#send(name, [...params, session.context], session.authorization);
    if (result !== SESSION_OVER) return result;
    const fresh = (this.#session = await this.#login());
    const again = await this.#send(name, [...params, fresh.context], fresh.authorization);
    if (again !== SESSION_OVER) return again;
    throw applicationException('authentication', 'Tryton ends each session at once', { retryable: false });
  }

  /** Records of a model that match a domain, oldest first. */
  async read(model: string, domain: unknown[], fields: string[]): Promise<TrytonRecord[]> {
    const records = await this.call(model, 'search_read', domain, 0, null, [['id', 'ASC']], fields);
    if (Array.isArray(records) && records.every(isRecord)) return records;
    throw garbage(`${model} search_read`, JSON.stringify(records));
  }

  /** Answers a question of Tryton with yes, once. */
  async confirm({ key }: TrytonWarning): Promise<void> {
    await this.call('res.user.warning', 'create', [{ user: this.#session?.user, name: key, always: false }]);
  }

  async #login(): Promise<Session> {
    const { user = '', password = '' } = this.#target;
    const login = await this.#send('common.db.login', [user, { password }]);
    if (login === SESSION_OVER || !Array.isArray(login)) {
      const detail = `Tryton refuses the login of ${user || 'no user'}; check user and password in the settings`;
      throw applicationException('authentication', detail, { retryable: false });
    }
    const [id, token] = login as unknown[];
    const authorization = `Session ${Buffer.from(`${user}:${String(id)}:${String(token)}`).toString('base64')}`;
    const context = await this.#send('model.res.user.get_preferences', [true, {}], authorization);
    if (!isRecord(context)) throw garbage('get_preferences', JSON.stringify(context));
    return { user: id, authorization, context };
  }

  async #send(method: string, params: unknown[], authorization?: string): Promise<unknown> {
    const { response, text } = await this.#fetch(method, params, authorization);
    if (response.status === 401) return SESSION_OVER;
    if (!response.ok) throw refusedBy(method, response);
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch (cause) {
      throw garbage(method, text, cause);
    }
    if (isRecord(answer) && answer['error'] !== undefined) throw failureOf(method, answer['error']);
    if (!isRecord(answer) || !('result' in answer)) throw garbage(method, text);
    return answer['result'];
  }

  async #fetch(method: string, params: unknown[], authorization?: string) {
    const deadline = AbortSignal.timeout(CALL_LIMIT_MS);
    const { signal } = this.#limits;
    signal?.throwIfAborted();
    try {
      const response = await fetch(new URL('rpc/', this.#target.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify({ id: ++this.#calls, method, params }),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      return { response, text: await bounded(response) };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      signal?.throwIfAborted();
      if (deadline.aborted)
        throw applicationException('timeout', `Tryton did not answer ${method} within ${CALL_LIMIT_MS / 1000} s`);
      const detail = `Tryton cannot be reached at ${this.#target.url} (${method}); is it running?`;
      throw applicationException('communication', detail, { cause: error });
    }
  }
}

const SESSION_OVER = Symbol('the session is over');

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw applicationException('communication', `Tryton's answer is larger than ${MAX_ANSWER_BYTES} bytes`, {
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refusedBy(method: string, { status, statusText }: Response): ProblemError {
  const what = `Tryton answers ${method} with HTTP ${status} ${statusText}`.trim();
  if (status === 403) {
    return applicationException('authorization', `${what}; the bot's user may not do that`, { retryable: false });
  }
  if (status >= 300 && status < 400) {
    return applicationException('authorization', `${what}: it leads elsewhere; check the address`, {
      retryable: false,
    });
  }
  const lasting = status < 500 && status !== 409 && status !== 423 && status !== 429;
  return applicationException('communication', what, { retryable: !lasting });
}

/** What the server raised: `["UserError", [message, description]]`, or the text of an exception and a trace. */
function failureOf(method: string, error: unknown): Error {
  const [kind, parts]: unknown[] = Array.isArray(error) ? error : [];
  const texts = Array.isArray(parts)
    ? parts.filter((part): part is string => typeof part === 'string' && part !== '')
    : [];
  if (kind === 'UserWarning') return new TrytonWarning(texts[0] ?? '', texts.slice(1).join(' '));
  if (kind === 'UserError') return businessException('refused-by-target', `Tryton says: ${texts.join(' ')}`);
  if (kind === 'ConcurrencyException') {
    return new TrytonConflict(method);
  }
  return applicationException('runtime', `Tryton failed in ${method}: ${String(kind).slice(0, 300)}`, {
    retryable: true,
  });
}

/** Something answers there that is not Tryton, or not well: a proxy's page, half an answer. It may pass. */
function garbage(method: string, text: string, cause?: unknown): ProblemError {
  const detail = `what answers ${method} is not Tryton's JSON: ${text.slice(0, 120)}`;
  return applicationException('communication', detail, { cause });
}
