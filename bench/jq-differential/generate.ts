import type { RandomSource } from '../random.ts';

/** One program with one input for it. */
export interface Trial {
  readonly program: string;
  readonly input: unknown;
}

/** Levels of generated programs; deeper ones mostly end in errors. */
const DEPTH = 3;
const NAMES = ['a', 'b', 'c'] as const;
const SCALARS = ['0', '1', '2', '-1', '0.5', '10', '"a"', '"b,a"', '"ą😀x"', '""', 'null', 'true', 'false'] as const;
const ZERO = [
  'length',
  'keys',
  'keys_unsorted',
  'add',
  'any',
  'all',
  'sort',
  'unique',
  'reverse',
  'tostring',
  'tojson',
  'type',
  'not',
  'floor',
  'min',
  'max',
  'first',
  'last',
  'to_entries',
  'flatten',
  'explode',
  'ascii_downcase',
  'ascii_upcase',
  'tonumber',
  'values',
  'empty',
  'numbers',
  'strings',
  'scalars',
  'iterables',
  'transpose',
  'paths',
  'tostream',
  'utf8bytelength',
  'fabs',
  'sqrt',
  'from_entries',
  'error',
  'todate',
  'isnormal',
  'ltrimstr("a")',
  'test("a")',
  'splits(",")',
  '@text',
  '@json',
  '@html',
  '@uri',
  '@csv',
  '@tsv',
  '@sh',
  '@base64',
  '@base64d',
  '[match("[ab]"; "g").offset]',
  '[scan("[a-z]")]',
];
const ONE = [
  'map',
  'select',
  'map_values',
  'sort_by',
  'group_by',
  'unique_by',
  'min_by',
  'max_by',
  'path',
  'del',
  'paths',
  'any',
  'all',
  'first',
  'last',
  'isempty',
  'with_entries',
  'walk',
  'has',
  'contains',
  'inside',
  'index',
  'rindex',
  'indices',
  'join',
  'split',
  'startswith',
  'endswith',
  'rtrimstr',
  'range',
  'getpath',
  'error',
  'pick',
  'flatten',
  'IN',
  'INDEX',
];
const BINARY = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', '//', '|', ','] as const;
const ASSIGN = ['=', '|=', '+=', '-=', '*=', '//='] as const;

/** A program and an input, both small, from a seeded source. */
export function generate(random: RandomSource): Trial {
  return { program: program(random, DEPTH), input: value(random, DEPTH) };
}

function value(random: RandomSource, depth: number): unknown {
  const kind = random.below(depth > 0 ? 9 : 6);
  if (kind === 0) return null;
  if (kind === 1) return random.below(2) === 0;
  if (kind <= 3) return random.pick([0, 1, 2, -1, 3.5, 10, 100, -0.25]);
  if (kind <= 5) return random.pick(['', 'a', 'b', 'a,b', 'ąa😀', '12', 'A b']);
  if (kind === 6) return Array.from({ length: random.below(4) }, () => value(random, depth - 1));
  return Object.fromEntries(NAMES.slice(0, 1 + random.below(3)).map((name) => [name, value(random, depth - 1)]));
}

function program(random: RandomSource, depth: number): string {
  if (depth === 0) return leaf(random);
  const inner = (): string => program(random, depth - 1);
  switch (random.below(14)) {
    case 0:
    case 1:
      return leaf(random);
    case 2:
    case 3:
      return `(${inner()} ${random.pick(BINARY)} ${inner()})`;
    case 4:
      return `[${inner()}]`;
    case 5:
      return `{a: ${inner()}, ${random.pick(NAMES)}: (${inner()})}`;
    case 6:
      return `(${inner()} | ${random.pick(ZERO)})`;
    case 7:
    case 8:
      return `${random.pick(ONE)}(${inner()})`;
    case 9:
      return `(if ${inner()} then ${inner()} else ${inner()} end)`;
    case 10:
      return `(try ${inner()} catch "caught")`;
    case 11:
      return binding(random, inner);
    case 12:
      return `(${path(random)} ${random.pick(ASSIGN)} ${inner()})`;
    default:
      return `"x\\(${inner()})y"`;
  }
}

function binding(random: RandomSource, inner: () => string): string {
  const forms = [
    () => `(${inner()} as $v | ${inner()} | [., $v])`,
    () => `(. as [$v, $w] | [$v, $w, ${inner()}])`,
    () => `(. as {a: $v} | [$v, ${inner()}])`,
    () => `reduce .[]? as $v (${inner()}; . + $v)`,
    () => `[foreach .[]? as $v (0; . + 1; [., $v, ${inner()}])]`,
    () => `[limit(2; ${inner()})]`,
    () => `(def f(g): [g | g]; f(${inner()}))`,
    () => `[label $out | ${inner()}, break $out, 1]`,
  ];
  return random.pick(forms)();
}

function leaf(random: RandomSource): string {
  const kind = random.below(4);
  if (kind === 0) return random.pick(SCALARS);
  if (kind === 1) return random.pick(ZERO);
  return path(random);
}

function path(random: RandomSource): string {
  return random.pick([
    '.',
    '.a',
    '.b',
    '.[0]',
    '.[-1]',
    '.[]',
    '.[]?',
    '.a?',
    '..',
    '.[1:]',
    '.[:-1]',
    '.a.b',
    '.a[]?',
    '(.a, .b)',
    'first(.[]?)',
  ]);
}
