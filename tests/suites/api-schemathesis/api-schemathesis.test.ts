import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, LOCAL_TOKEN, openHouse } from '../../support/approvals.ts';
import { Browsing } from '../../support/browsing.ts';
import { eventually, toDefinition } from '../../support/temporal.ts';

const FULL = process.env['ZAPLECZE_FULL'] !== undefined;
/** Requests made up for each operation, beyond those that cover its schema. */
const EXAMPLES = FULL ? '200' : '15';
/** The short form is to end well within two minutes, whatever the machine. */
const LIMIT_MS = FULL ? 30 * 60_000 : 150_000;
const ANNA = 'anna@huta.example';
const SCRIPT = join(import.meta.dirname, '../../../scripts/services/schemathesis.sh');

let house: ApprovalHouse;
let web: Browsing;
const program = findProgram();

/** Where the tool lies; undefined where it cannot be had. */
function findProgram(): string | undefined {
  try {
    const path = execFileSync(SCRIPT, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
    return existsSync(path) ? path : undefined;
  } catch {
    console.warn('schemathesis cannot be installed here: the suite is skipped');
    return undefined;
  }
}

describe.skipIf(program === undefined)('the API against its own description', () => {
  beforeAll(async () => {
    house = await openHouse({ 'sheet.append': () => ({ file: 'a', sheet: 'b', row: 1 }) });
    web = await Browsing.start(house.app);
    const definition = toDefinition({
      do: [{ approve: { call: 'approval.request', with: { about: invoice, approvers: [ANNA] } } }],
    });
    const deployed = { namespace: 'test', name: 'test', version: '1.0.0', hash: 'sha256:test', source: '', files: {} };
    await house.store.definitions.deploy({ ...deployed, definition });
    await house.engine.begin(definition);
    await eventually(async () => (await house.store.tasks.waitingFor(ANNA))[0]);
  });
  afterAll(async () => {
    await web?.stop();
    await house?.stop();
  });

  it.each([
    ['an administrator', 'local'],
    ['a person', 'person'],
  ])('should never answer 500, nor what is not described, to %s', async (_who, kind) => {
    const token = kind === 'local' ? LOCAL_TOKEN : await personToken();
    const args = [
      ...['run', `${web.base}/api/openapi.json`, '--url', `${web.base}/api`],
      ...['--header', `Authorization: Bearer ${token}`],
      ...[
        '--checks',
        'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
      ],
      ...['--max-examples', EXAMPLES, '--phases', 'examples,coverage,fuzzing', '--seed', '7', '--no-color'],
      ...['--suppress-health-check', 'all', '--request-timeout', '30', '--generation-database', 'none'],
    ];
    // It keeps what it found in its working folder.
    const options = {
      cwd: house.dir,
      maxBuffer: 64 * 1024 * 1024,
      timeout: LIMIT_MS,
      env: { ...process.env, COLUMNS: '150' },
    };
    const { code, out } = await promisify(execFile)(program ?? '', args, options).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      (error: { code?: number; stdout?: string }) => ({ code: error.code ?? -1, out: error.stdout ?? '' }),
    );
    console.log(`schemathesis, ${kind}:\n${out.slice(out.indexOf('SUMMARY') - 60)}`);
    expect(code, out).toBe(0);
  });
});

async function personToken(): Promise<string> {
  const response = await house.app.request('/api/tokens', {
    method: 'POST',
    headers: { authorization: `Bearer ${LOCAL_TOKEN}` },
    body: JSON.stringify({ name: 'suite', scopes: ['tasks:read', 'tasks:decide', 'runs:read'], person: ANNA }),
  });
  return ((await response.json()) as { token: string }).token;
}
