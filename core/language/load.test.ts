import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../tests/support/cpu.ts';
import { loadDefinition } from './load.ts';

const HEAD = 'document: { dsl: 1.0.3, namespace: test, name: test, version: 1.0.0 }\n';
const TASK = '  - greet:\n      set: { greeting: hello }\n';

function told(text: string): string[] {
  const { findings } = loadDefinition(text, 'test.yaml');
  return findings.map(({ line, column, rule, message, hint }) => {
    return `${line}:${column} ${rule}: ${message}${hint ? ` (${hint})` : ''}`;
  });
}

describe('loadDefinition', () => {
  it('should load a definition as frozen plain JSON', () => {
    const result = loadDefinition(`${HEAD}do:\n${TASK}`, 'test.yaml');
    expect(result.ok).toBe(true);
    expect(result.loaded?.definition.do).toEqual([{ greet: { set: { greeting: 'hello' } } }]);
    expect(Object.isFrozen(result.loaded?.definition.do[0]?.['greet'])).toBe(true);
  });

  it('should give equal definitions one hash, whatever their layout and comments', () => {
    const flow = loadDefinition(`${HEAD}do: [{ greet: { set: { greeting: hello } } }]`, 'a.yaml');
    const block = loadDefinition(`# a comment\ndo:\n${TASK}${HEAD}`, 'b.yaml');
    const other = loadDefinition(`${HEAD}do:\n${TASK.replace('hello', 'bye')}`, 'c.yaml');
    expect(flow.loaded?.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(block.loaded?.hash).toBe(flow.loaded?.hash);
    expect(other.loaded?.hash).not.toBe(flow.loaded?.hash);
  });

  it('should know where each value and its name stand', () => {
    const { loaded } = loadDefinition(`${HEAD}do:\n${TASK}`, 'test.yaml');
    expect(loaded?.source.locate('/do/0/greet/set/greeting')).toEqual({ line: 4, column: 24 });
    expect(loaded?.source.locate('/do/0/greet/set/greeting', 'key')).toEqual({ line: 4, column: 14 });
    expect(loaded?.source.locate('/do/0/greet/nowhere')).toEqual({ line: 3, column: 5 });
  });

  it('should follow aliases', () => {
    const result = loadDefinition(`${HEAD}do:\n  - a: &same { wait: PT1S }\n  - b: *same\n`, 'test.yaml');
    expect(result.loaded?.definition.do[1]).toEqual({ b: { wait: 'PT1S' } });
  });
});

describe('what YAML cannot say', () => {
  it.each([
    [
      'duplicate keys',
      `${HEAD}do: []\ndo: []`,
      '3:1 yaml/duplicate-key: "do" is used here a second time (first in line 2) (keep one of them)',
    ],
    [
      'tabs',
      'document:\n\tdsl: 1.0.3',
      '2:1 yaml/tab: a tab is used for indentation (indent with spaces, two for each level)',
    ],
    [
      'several documents',
      `${HEAD}do: []\n---\na: 1`,
      '3:1 yaml/several-documents: a second document starts here (keep one definition in one file; remove the line with ---)',
    ],
    [
      'an unknown alias',
      'a: *b',
      '1:4 yaml/alias: the alias *b names no anchor above it (define it with &b before it)',
    ],
    [
      'an alias of itself',
      'a: &a [*a]',
      '1:7 yaml/too-deep: the definition nests deeper than 100 levels (split it into several definitions)',
    ],
    [
      'merge keys',
      'a: { <<: { b: 1 } }',
      '1:6 yaml/key: merge keys (<<) are not part of YAML 1.2 (write the properties out)',
    ],
    ['a list as a name', '? [a]\n: 1', '1:3 yaml/key: a name must be text (put it in quotes)'],
    ['the name __proto__', '__proto__: 1', '1:1 yaml/key: "__proto__" cannot be a name (choose another name)'],
    [
      'a number that would be rounded',
      'account: 61109010140000071219812874',
      '1:10 yaml/number: the number 61109010140000071219812874 cannot be kept exactly (put it in quotes: "61109010140000071219812874")',
    ],
    ['no number', 'a: .nan', '1:4 yaml/number: the number .nan cannot be kept exactly (put it in quotes: ".nan")'],
    ['text that is not YAML', 'a: "b', '1:6 yaml/syntax: this is not YAML: missing closing "quote'],
  ])('should refuse %s', (_what, text, finding) => {
    expect(told(text)).toContain(finding);
  });

  it.each([
    ['a flow mapping', 'with: { file: ${ $file.id } }', '1:15', "'${ $file.id }'"],
    ['a flow list', 'in: [ ${ .a }, 1 ]', '1:7', "'${ .a }'"],
    ['a colon', 'set: ${ { a: .b } }', '1:6', "'${ { a: .b } }'"],
    ['a comment sign', 'set: ${ "a" + " # b" }', '1:6', `'\${ "a" + " # b" }'`],
    ['single quotes', "with: { a: ${ 'x' } }", '1:12', "'${ ''x'' }'"],
  ])('should explain an expression without quotes in %s', (_what, text, position, mended) => {
    const [finding, ...rest] = told(text);
    expect(finding).toContain(`${position} yaml/unquoted-expression`);
    expect(finding).toContain(`(write ${mended})`);
    expect(rest).toEqual([]);
    const broken = text.slice(
      text.indexOf('${'),
      text.lastIndexOf('}', text.includes('file') || text.includes("'x'") ? text.length - 2 : undefined) + 1,
    );
    expect(told(text.replace(broken, () => mended)).join()).not.toContain('yaml/');
  });

  it('should leave quoted expressions and plain block values alone', () => {
    expect(told('a: \'${ .x | { b: 1 } }\'\nc: ${ .y[0] }\nd: { e: "${ .z }" }').join()).not.toContain('yaml/');
  });
});

describe('bounds', () => {
  it.each([
    ['brackets', '['.repeat(400_000)],
    ['dashes', '- '.repeat(400_000)],
    ['indentation', Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('should refuse deep nesting by %s at once', (_what, text) => {
    let findings: string[] = [];
    expect(cpuMs(() => (findings = told(text)))).toBeLessThan(1000);
    expect(findings).toEqual([expect.stringContaining('yaml/too-deep')]);
  });

  it('should refuse a file of more than a mebibyte without parsing it', () => {
    expect(told(`a: ${'x'.repeat(1024 * 1024)}`)).toEqual([
      '1:1 yaml/too-large: the file has 1025 KiB; a definition may have 1024 KiB (split it into several definitions)',
    ]);
  });

  it('should refuse an alias bomb', () => {
    const names = 'a b c d e f g h'.split(' ');
    const lines = names.map((name, i) => {
      const item = i === 0 ? 'x' : `*${names[i - 1]}`;
      return `${name}: &${name} [${Array.from({ length: 10 }, () => item).join(', ')}]`;
    });
    expect(told(lines.join('\n'))).toEqual([
      expect.stringContaining('yaml/too-large: the definition holds more than 50000 values'),
    ]);
  });

  it('should find one duplicate among many names in linear time', () => {
    const many = Array.from({ length: 40_000 }, (_, i) => `k${i}: 1`).join('\n');
    let findings: string[] = [];
    expect(cpuMs(() => (findings = told(`${many}\nk7: 2`)))).toBeLessThan(5000);
    expect(findings).toContain(
      '40001:1 yaml/duplicate-key: "k7" is used here a second time (first in line 8) (keep one of them)',
    );
  });
});

describe('what the language does not know', () => {
  const inTask = (task: string) => told(`${HEAD}do:\n  - step: ${task}`);

  it.each([
    ['a missing part', `do: []`, '1:1 dsl/missing: "document" is missing (add document: …)'],
    [
      'a number for a version',
      `${HEAD.replace('1.0.0', '1.0')}do: []`,
      '1:63 dsl/type: expected text, found 1 (put it in quotes)',
    ],
    [
      'tasks without dashes',
      `${HEAD}do:\n  a: { wait: PT1S }`,
      '3:3 dsl/type: expected a list, found an object (start each entry with "- ")',
    ],
    ['nothing', '', '1:1 yaml/empty: the file is empty (write it, or remove the file)'],
    [
      'a picture',
      'PNG\0\0',
      '1:1 yaml/no-text: this is not a text file (is it the right file? Save it as plain text, UTF-8)',
    ],
  ])('should refuse %s', (_what, text, finding) => {
    expect(told(text)).toContain(finding);
  });

  it.each([
    [
      'a misspelt property',
      '{ call: http, with: { methd: get, endpoint: "https://a.b" } }',
      '3:33 dsl/unknown-property: unknown property "methd" (did you mean "method"?)',
    ],
    ['a misspelt task', '{ cal: http }', 'did you mean "call" instead of "cal"?'],
    ['two tasks in one', '{ wait: PT1S, set: { a: 1 } }', 'one task does one thing: "wait" cannot stand beside "set"'],
    [
      'a wrong duration',
      '{ wait: 30s }',
      '3:19 dsl/value: expected an ISO 8601 duration such as PT30S or P1D, or the parts { minutes: 5 }, found "30s"',
    ],
    ['an unknown part of a duration', '{ wait: { minute: 5 } }', 'unknown property "minute" (did you mean "minutes"?)'],
    [
      'a value out of its list',
      '{ call: http, with: { method: get, endpoint: "https://a.b", output: contents } }',
      'expected one of raw, content, response, found "contents" (did you mean "content"?)',
    ],
    ['text for truth', '{ fork: { compete: yes, branches: [] } }', 'expected true or false, found "yes"'],
    ['an empty switch', '{ switch: [] }', 'a switch needs at least one case'],
    [
      'an empty event filter',
      '{ listen: { to: { one: { with: {} } } } }',
      'an event filter needs at least one property, for example type',
    ],
    [
      'two ways to listen',
      '{ listen: { to: { one: { with: { type: a } }, any: [] } } }',
      'only one of "any" and "one" can stand here',
    ],
    [
      'an operation and a channel',
      '{ call: asyncapi, with: { document: { endpoint: "https://a.b" }, operation: o, channel: c, message: { payload: { a: 1 } } } }',
      'needs either the operation (AsyncAPI 3) or the channel (AsyncAPI 2.6)',
    ],
    [
      'a message and a subscription',
      '{ call: asyncapi, with: { document: { endpoint: "https://a.b" }, operation: o, message: { payload: { a: 1 } }, subscription: { consume: { amount: 1 } } } }',
      'only one of "message" and "subscription" can stand here',
    ],
  ])('should refuse %s', (_what, task, finding) => {
    const all = inTask(task);
    expect(all.join('\n')).toContain(finding);
    expect(all).toHaveLength(1);
  });
});
