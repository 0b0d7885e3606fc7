import { describe, expect, it } from 'vitest';
import { checkDefinition } from './index.ts';
import { loadDefinition } from '../load.ts';

const HEAD = 'document: { dsl: 1.0.3, namespace: test, name: test, version: 1.0.0 }\n';

/** Findings of a definition whose tasks (and `use`) are given, as `line:column severity rule: message (hint)`. */
function check(body: string, files?: Record<string, string>): string[] {
  const { loaded, findings } = loadDefinition(HEAD + body, 'test.yaml');
  expect(findings).toEqual([]);
  if (!loaded) return [];
  return checkDefinition(loaded, files && { files }).map(({ line, column, severity, rule, message, hint }) => {
    return `${line}:${column} ${severity} ${rule}: ${message}${hint ? ` (${hint})` : ''}`;
  });
}

/** Steps of one list, one a line, from line 3 on. */
function steps(...tasks: string[]): string {
  return `do:\n${tasks.map((task) => `  - ${task}`).join('\n')}\n`;
}

describe('expressions', () => {
  it.each([
    ['a jq program that ends too early', steps('a: { if: ".x ==", wait: PT1S }'), '3:20 error expression/jq'],
    ['one inside a text', steps('a: { set: { b: "pre ${ .a | lenght } post" } }'), 'there is no function lenght'],
    [
      'an unknown variable',
      steps('a: { set: { b: "${ $contxt.x }" } }'),
      '3:24 error expression/jq: the variable $contxt is not defined',
    ],
    [
      'a loop variable outside its loop',
      steps('a: { for: { in: .x, each: e }, do: [] }', 'b: { set: "${ $e }" }'),
      '4:19 error expression/jq',
    ],
    [
      'another loop variable than the one named',
      steps('a: { for: { in: .x, each: e }, do: [{ b: { set: "${ $item }" } }] }'),
      '$item',
    ],
    ['another language', `evaluate: { language: js }\n${steps('a: { wait: PT1S }')}`, '2:23 error expression/language'],
  ])('should refuse %s', (_what, body, finding) => {
    const findings = check(body);
    expect(findings.join('\n')).toContain(finding);
    expect(findings).toHaveLength(1);
  });

  it.each([
    [
      'the variables of loops',
      'a: { for: { in: .x, each: e }, while: $e > 1, do: [{ b: { set: "${ $e + $index }" } }] }',
    ],
    [
      'the error of a catch',
      'a: { try: [], catch: { as: fault, when: $fault.status == 500, do: [{ b: { set: "${ $fault }" } }] } }',
    ],
    [
      'the events of a listener',
      'a: { listen: { to: { any: [], until: "false" } }, foreach: { item: e, at: i, do: [{ b: { set: "${ [$e, $i] }" } }] } }',
    ],
    ['variables that the program binds', 'a: { set: "${ .x as {a: $b} | reduce .[] as $c (0; . + $b + $c) }" }'],
    [
      'JSON Schemas and metadata that look like expressions',
      'a: { metadata: { x: "${ nonsense( }" }, input: { schema: { document: { const: "${ $no }" } } }, wait: PT1S }',
    ],
  ])('should know %s', (_what, task) => {
    expect(check(steps(task))).toEqual([]);
  });
});

describe('calls', () => {
  it.each([
    [
      'an unknown function',
      steps('a: { call: document.reed }'),
      '3:16 error call/unknown: unknown function "document.reed" (did you mean "document.read"?)',
    ],
    [
      'an argument that is missing',
      steps('a: { call: document.read }'),
      'error call/missing: document.read: "file" is missing (add file: …)',
    ],
    [
      'an argument that does not exist',
      steps('a: { call: sheet.append, with: { file: a, key: b, row: {}, shet: c } }'),
      '3:64 error call/unknown-property: sheet.append: unknown property "shet" (did you mean "sheet"?)',
    ],
    [
      'a literal of the wrong type deep inside',
      steps('a: { call: ledger.post, with: { ledger: main, invoice: { number: 12 } } }'),
      '3:70 error call/type: ledger.post: expected text, found 12 (put it in quotes)',
    ],
    [
      'a wrong literal beside expressions',
      steps('a: { call: mail.send, with: { to: ["${ .a }", nobody], text: x } }'),
      '3:51 error call/value: mail.send: expected a mail address such as anna@company.example, found "nobody"',
    ],
    ['an unknown catalog', steps('a: { call: "log:1.0.0@global" }'), 'no catalog "global" under use.catalogs'],
  ])('should refuse %s', (_what, body, finding) => {
    const findings = check(body);
    expect(findings.join('\n')).toContain(finding);
    expect(findings).toHaveLength(1);
  });

  it.each([
    ['an expression for any value', 'a: { call: ledger.post, with: { ledger: "${ .l }", invoice: "${ .i }" } }'],
    ['expressions inside a list', 'a: { call: mail.send, with: { to: ["${ .a }", "${ .b }"], text: x } }'],
    [
      'the default catalogue',
      'a: { call: "sheet.append:1.0.0@default", with: { file: a, key: b, row: { c: "${ .d }" } } }',
    ],
  ])('should take %s', (_what, task) => {
    expect(check(steps(task))).toEqual([]);
  });

  it('should take functions of the definition itself', () => {
    expect(
      check(`use: { functions: { pause: { wait: PT1S } } }\n${steps('a: { call: pause, with: { x: 1 } }')}`),
    ).toEqual([]);
  });

  it('should warn of code on the worker’s machine', () => {
    expect(check(steps('a: { run: { shell: { command: ls } } }'))).toEqual([
      expect.stringContaining('warning run/guarded: run: shell'),
    ]);
  });
});

describe('references', () => {
  it.each([
    [
      'timeout',
      'timeouts: { short: { after: PT1S } }',
      '{ timeout: shrot, wait: PT1S }',
      'no timeout "shrot" under use.timeouts (did you mean "short"?)',
    ],
    [
      'retry policy',
      'retries: { often: {} }',
      '{ try: [], catch: { retry: oftn } }',
      'no retry policy "oftn" under use.retries (did you mean "often"?)',
    ],
    [
      'error',
      'errors: { late: { type: "https://a.b/late", status: 500 } }',
      '{ raise: { error: lat } }',
      'no error "lat" under use.errors (did you mean "late"?)',
    ],
    [
      'authentication',
      'authentications: { shop: { bearer: { token: x } } }',
      '{ call: http, with: { method: get, endpoint: { uri: "https://a.b", authentication: { use: shp } } } }',
      'no authentication "shp" under use.authentications (did you mean "shop"?)',
    ],
    [
      'secret of an authentication',
      'secrets: [shop]',
      '{ call: http, with: { method: get, endpoint: { uri: "https://a.b", authentication: { basic: { use: shp } } } } }',
      'no secret "shp" under use.secrets (did you mean "shop"?)',
    ],
    [
      'secret in an expression',
      'secrets: [smtp]',
      '{ set: { a: "${ $secrets.smpt }" } }',
      'the secret "smpt" is not declared (did you mean "smtp"?)',
    ],
  ])('should refuse an unknown %s', (_what, use, task, finding) => {
    const findings = check(`use: { ${use} }\n${steps(`a: ${task}`)}`);
    expect(findings).toEqual([expect.stringContaining(finding)]);
    expect(check(`use: { ${use} }\n${steps('a: { wait: PT1S }')}`)).toEqual([]);
  });

  it('should look for forms and mail texts beside the definition, where its folder is known', () => {
    const body = steps(
      'a: { call: form.fill, with: { form: post, key: k, values: {} } }',
      'b: { call: mail.send, with: { to: a@example.com, template: bookd, language: pl } }',
      'c: { call: mail.send, with: { to: a@example.com, template: booked, language: en } }',
    );
    expect(check(body)).toEqual([]);
    expect(check(body, { 'mails/booked.pl.yaml': 'subject: Tak\ntext: Tak {{ }}\n' })).toEqual([
      expect.stringContaining('mail/placeholder'),
      '3:41 error reference/file: no file forms/post.yaml beside the definition (write the file forms/post.yaml beside the definition)',
      '4:64 error reference/file: no file mails/bookd.pl.yaml beside the definition (did you mean "booked"?)',
      '5:64 error reference/file: no file mails/booked.en.yaml (it is there in: pl)',
    ]);
  });
});

/** One step that waits, and one that does not. */
const wait = (then = '') => `{ wait: PT1S${then && `, then: ${then}`} }`;
const set = (then = '') => `{ set: { x: 1 }${then && `, then: ${then}`} }`;

describe('flow', () => {
  it.each([
    [
      'a task that is not there',
      [`a: ${wait('bb')}`, `bx: ${wait()}`],
      'error flow/then: no task "bb" in this list (did you mean "bx"?)',
    ],
    [
      'a task of another list',
      [`a: { do: [{ in: ${wait('b')} }] }`, `b: ${wait()}`],
      '"then" can only name a task in the same list',
    ],
    ['a task from a case', [`a: { switch: [{ yes: { when: .x, then: nowhere } }] }`], 'no task "nowhere"'],
    ['a task from a catch', [`a: { try: [], catch: { then: nowhere } }`], 'no task "nowhere"'],
    [
      'another branch',
      [`a: { fork: { branches: [{ x: ${wait('y')} }, { y: ${wait()} }] } }`],
      'branches run in parallel',
    ],
    ['two tasks of one name', [`a: ${wait()}`, `a: ${wait()}`], '4:5 error flow/duplicate-name'],
    [
      'a task after the end',
      [`a: ${wait('end')}`, `b: ${wait()}`, `c: ${wait()}`],
      '4:5 warning flow/unreachable: the task "b" is never reached; "a" before it never continues to it',
    ],
    ['a task that is jumped over', [`a: ${wait('c')}`, `b: ${wait()}`, `c: ${wait()}`], '4:5 warning flow/unreachable'],
    [
      'a task after an error',
      ['a: { raise: { error: { type: "https://a.b", status: 500 } } }', `b: ${wait()}`],
      '4:5 warning flow/unreachable',
    ],
    [
      'a task after a switch with a default',
      ['a: { switch: [{ no: { then: end } }] }', `b: ${wait()}`],
      '4:5 warning flow/unreachable',
    ],
    [
      'a second case without a condition',
      [
        'a: { switch: [{ no: { then: b } }, { yes: { when: .x, then: b } }, { other: { then: end } }] }',
        `b: ${wait()}`,
      ],
      'error flow/default: the case "other" has no condition, as "no" before it: it is never taken',
    ],
    [
      'a loop without end',
      [`a: ${set()}`, `b: ${set('a')}`],
      '3:5 warning flow/endless: "a", "b" repeat for ever without waiting',
    ],
  ])('should tell %s', (_what, tasks, finding) => {
    const findings = check(steps(...tasks));
    expect(findings).toEqual([expect.stringContaining(finding)]);
  });

  it.each([
    ['a loop that waits', [`a: ${wait()}`, `b: ${set('a')}`]],
    ['a loop with a way out', ['a: { switch: [{ done: { when: .done, then: end } }] }', `b: ${set('a')}`]],
    ['a task after one that is skipped at times', [`a: { if: .x, wait: PT1S, then: end }`, `b: ${wait()}`]],
    [
      'tasks that cases lead to',
      ['a: { switch: [{ x: { when: .x, then: c } }, { d: { then: b } }] }', `b: ${wait('end')}`, `c: ${wait()}`],
    ],
    ['one name in two lists', [`a: { do: [{ a: ${wait()} }] }`]],
  ])('should take %s', (_what, tasks) => {
    expect(check(steps(...tasks))).toEqual([]);
  });
});

it('should refuse another DSL', () => {
  const { loaded } = loadDefinition(HEAD.replace('1.0.3', '0.8.0') + steps('a: { wait: PT1S }'), 'test.yaml');
  expect(loaded && checkDefinition(loaded)).toMatchObject([{ rule: 'dsl/version', line: 1, column: 18 }]);
});

describe('schedules', () => {
  const scheduled = (schedule: string) => check(`schedule: ${schedule}\n${steps('a: { wait: PT1S }')}`);

  it('should say in words what is wrong with a cron expression', () => {
    expect(scheduled('{ cron: 0 25 * * * }')).toEqual([
      expect.stringContaining('2:19 error schedule/cron: the hour of'),
    ]);
    expect(scheduled('{ cron: 30 7 * * 1-5 }')).toEqual([]);
  });

  it('should refuse intervals that are computed or too short', () => {
    expect(scheduled('{ every: "${ .x }" }')).toEqual([expect.stringContaining('there is no run yet')]);
    expect(scheduled('{ after: PT0S }')).toEqual([expect.stringContaining('shorter than a second')]);
  });

  it('should check what the metadata say about it', () => {
    const { loaded } = loadDefinition(
      HEAD.replace('1.0.0 }', '1.0.0, metadata: { schedule: { overlap: never, timeZone: Mars/Base } } }') +
        steps('a: { wait: PT1S }'),
      'test.yaml',
    );
    const messages = loaded ? checkDefinition(loaded).map(({ message, path }) => `${path} ${message}`) : [];
    expect(messages).toEqual([
      expect.stringMatching(/^\/document\/metadata\/schedule\/overlap .*skip/),
      expect.stringContaining('expected a time zone such as Europe/Warsaw'),
    ]);
  });
});
