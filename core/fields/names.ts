import type { Field, FieldsFile } from './field.ts';

/** A fault of a fields file that its shape alone does not show; `path` leads to its place. */
export type NameFault = { path: (string | number)[]; message: string; hint: string };

/** Names used twice, conditions on fields that cannot be asked, limits and defaults that contradict each other. */
export function faultsOf({ fields }: FieldsFile): NameFault[] {
  return fields.flatMap((field, i) => [
    ...twice(fields, i),
    ...condition(fields, i),
    ...limits(field, ['fields', i]),
    ...(field.kind === 'table'
      ? field.columns.flatMap((_, j) => twice(field.columns, j, ['fields', i, 'columns']))
      : []),
  ]);
}

function twice(fields: readonly { name: string }[], at: number, base: (string | number)[] = ['fields']): NameFault[] {
  const name = fields[at]?.name;
  if (fields.findIndex((other) => other.name === name) === at) return [];
  return [
    { path: [...base, at, 'name'], message: `"${name}" is there twice`, hint: 'give each field a name of its own' },
  ];
}

function condition(fields: readonly Field[], at: number): NameFault[] {
  const when = fields[at]?.when;
  if (!when) return [];
  const path = ['fields', at, 'when'];
  const asked = fields.slice(0, at).find(({ name }) => name === when.field);
  if (!asked) {
    const hint = `name one of: ${
      fields
        .slice(0, at)
        .map(({ name }) => name)
        .join(', ') || 'none yet'
    }`;
    return [{ path: [...path, 'field'], message: `no field "${when.field}" above this one`, hint }];
  }
  if (asked.kind === 'yes-no') {
    if (typeof when.is === 'boolean') return [];
    return [
      { path: [...path, 'is'], message: `"${when.field}" is answered by yes or no`, hint: 'write true or false' },
    ];
  }
  if (asked.kind !== 'choice') {
    const message = `"${when.field}" is of kind ${asked.kind}; only a choice or a yes-no can say whether another is asked`;
    return [{ path: [...path, 'field'], message, hint: 'name a choice or a yes-no' }];
  }
  const options = asked.options.map((option) => (typeof option === 'string' ? option : option.value));
  const unknown = [when.is].flat().find((value) => !options.includes(String(value)));
  if (unknown === undefined) return [];
  return [
    {
      path: [...path, 'is'],
      message: `"${unknown}" is no option of "${when.field}"`,
      hint: `options: ${options.join(', ')}`,
    },
  ];
}

function limits(field: Field, path: (string | number)[]): NameFault[] {
  const faults: NameFault[] = [];
  if ('min' in field && field.min !== undefined && field.max !== undefined && isAbove(field.min, field.max)) {
    faults.push({
      path: [...path, 'min'],
      message: 'no value is from "min" to "max"',
      hint: 'make "max" the larger one',
    });
  }
  if (field.kind === 'choice' && field.default !== undefined) {
    const options = field.options.map((option) => (typeof option === 'string' ? option : option.value));
    if (!options.includes(field.default)) {
      faults.push({
        path: [...path, 'default'],
        message: `"${field.default}" is no option`,
        hint: `options: ${options.join(', ')}`,
      });
    }
  }
  return faults;
}

function isAbove(min: string | number, max: string | number): boolean {
  if (typeof min === 'number' || typeof max === 'number') return Number(min) > Number(max);
  // Dates compare as text, amounts as numbers; a limit is no sum of money that is reckoned with.
  return min.includes('-', 1) ? min > max : Number(min) > Number(max);
}
