import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { runCheck } from './check.ts';

const BROKEN = relative(process.cwd(), join(import.meta.dirname, 'broken'));
const SHIPPED = relative(process.cwd(), join(import.meta.dirname, '../../definitions'));

async function check(paths: string[], options = {}): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io: Io = {
    out: (text) => void (said.out += `${text}\n`),
    err: (text) => void (said.err += `${text}\n`),
    stdin: () => Promise.resolve(''),
  };
  return { code: await runCheck(paths, options, io), ...said };
}

/** As printed, with paths from the folder of broken definitions. */
async function findings(folder: string): Promise<string> {
  const { code, out } = await check([join(BROKEN, folder)]);
  expect(code).toBe(1);
  return out.replaceAll(`${BROKEN}/`, '');
}

describe('zaplecze check', () => {
  it('should pass the definitions that are shipped', async () => {
    const { code, out } = await check([SHIPPED]);
    expect(out).toMatch(/ 0 errors/);
    expect(code).toBe(0);
  });

  it('should tell where quotes are missing', async () => {
    expect(await findings('quotes')).toMatchInlineSnapshot(`
      "quotes/automation.yaml:10:21  error  the expression \${ .mail.attachments[0] } is not in quotes, so YAML takes its signs for its own
          write '\${ .mail.attachments[0] }'
      1 definition, 1 error, 0 warnings
      "
    `);
  });

  it('should tell where the shape is wrong', async () => {
    expect(await findings('indentation')).toMatchInlineSnapshot(`
      "indentation/automation.yaml:6:12  error  expected text, found 1
          put it in quotes
      indentation/automation.yaml:8:10  error  expected a task: one of call, do, emit, for, fork, listen, raise, run, set, switch, try, wait, found nothing (null)
      indentation/automation.yaml:9:11  error  expected a task: one of call, do, emit, for, fork, listen, raise, run, set, switch, try, wait, found "document.read"
      indentation/automation.yaml:11:7  error  expected a task: one of call, do, emit, for, fork, listen, raise, run, set, switch, try, wait
      indentation/automation.yaml:13:15  error  unknown property "minute"
          did you mean "minutes"?
      indentation/automation.yaml:17:9  error  unknown property "methd"
          did you mean "method"?
      1 definition, 6 errors, 0 warnings
      "
    `);
  });

  it('should tell where names are wrong', async () => {
    expect(await findings('names')).toMatchInlineSnapshot(`
      "names/automation.yaml:11:13  error  unknown function "document.reed"
          did you mean "document.read"?
      names/automation.yaml:14:13  error  no task "chek" in this list
          did you mean "check"?
      names/automation.yaml:16:33  error  the program ends too early: a value, a path or a function is expected
          For example .name, "text", 12, [ … ] or length.
      names/automation.yaml:20:9  error  invoice.check: unknown property "readings"
          known here: invoice, others, read, seen
      names/automation.yaml:24:15  error  no file forms/post-invoice.yaml beside the definition
          write the file forms/post-invoice.yaml beside the definition
      names/automation.yaml:26:20  error  the variable $contxt is not defined
          Did you mean $context?
      names/automation.yaml:29:22  error  the secret "smpt" is not declared
          did you mean "smtp"?
      names/automation.yaml:31:5  warning  the task "never" is never reached; "note" before it never continues to it
          remove it, or lead to it with "then"
      1 definition, 7 errors, 1 warning
      "
    `);
  });

  it('should print findings as JSON', async () => {
    const { code, out } = await check([join(BROKEN, 'quotes')], { json: true });
    expect(code).toBe(1);
    const file = `${BROKEN}/quotes/automation.yaml`;
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      files: [file],
      findings: [{ file, line: 10, column: 21, severity: 'error', rule: 'yaml/unquoted-expression' }],
    });
  });

  it('should print findings as SARIF', async () => {
    const { out } = await check([join(BROKEN, 'quotes')], { sarif: true });
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'zaplecze check', rules: [{ id: 'yaml/unquoted-expression' }] } },
          results: [
            {
              ruleId: 'yaml/unquoted-expression',
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: `${BROKEN}/quotes/automation.yaml` },
                    region: { startLine: 10, startColumn: 21 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('should say so when a path is not there, or holds no definition', async () => {
    expect(await check(['no/such/folder'])).toMatchObject({
      code: 1,
      err: 'no/such/folder: there is no such file or folder\n',
    });
    const empty = await mkdtemp(join(tmpdir(), 'zaplecze-check-'));
    const { code, err } = await check([empty]);
    await rm(empty, { recursive: true });
    expect(code).toBe(1);
    expect(err).toContain('no definition found');
  });
});

describe('definitions together', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zaplecze-check-'));
    for (const [name, other] of [
      ['first', 'second'],
      ['second', 'first'],
    ]) {
      const document = `document: { dsl: 1.0.3, namespace: test, name: ${name}, version: 1.0.0 }`;
      const task = `  - go: { run: { workflow: { namespace: test, name: ${other}, version: 1.0.0 } } }`;
      await writeFile(join(folder, `${name}.yaml`), `${document}\ndo:\n${task}\n`);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('should warn of definitions that start each other for ever', async () => {
    const { code, out } = await check([folder]);
    expect(code).toBe(0);
    expect(out).toContain(
      'first.yaml:3:18  warning  this starts test/first again: test/first → test/second → test/first',
    );
    expect(out).toContain('second.yaml:3:18  warning');
  });
});
