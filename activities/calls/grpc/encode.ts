import protobuf from 'protobufjs';
import { suggestion } from '../../../core/language/suggest.ts';
import { FLOATS, INTEGERS_32, INTEGERS_64, misfit } from './values.ts';
import { WELL_KNOWN, WRAPPER } from './well-known.ts';
import { isRecord } from '../../../core/model/is-record.ts';

/**
 * Arguments of a call as the message that its method takes, by the proto3 JSON mapping. Names may be those of the proto
 * (`due_date`) or of JSON (`dueDate`). The library itself ignores what a message does not have and turns anything into
 * text; here an unknown name or a wrong type is a problem of type `validation` that names the field.
 */
export function encode(type: protobuf.Type, value: unknown): Buffer {
  const message = WELL_KNOWN[type.fullName]?.toMessage(value, '') ?? messageOf(type, value, '');
  return Buffer.from(type.encode(type.fromObject(Object(message))).finish());
}

function messageOf(type: protobuf.Type, value: unknown, at: string): Record<string, unknown> {
  if (!isRecord(value)) throw misfit(at, `an object with the fields of ${type.fullName.slice(1)}`);
  const message: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const field = fieldOf(type, name, at);
    if (item !== null) message[field.name] = fieldValue(field, item, `${at}.${name}`);
  }
  return message;
}

function fieldOf(type: protobuf.Type, name: string, at: string): protobuf.Field {
  const field = type.fields[name] ?? type.fields[protobuf.util.camelCase(name)];
  if (field) return field.resolve();
  const hint = suggestion(name, Object.keys(type.fields));
  throw misfit(`${at}.${name}`, `a field of ${type.fullName.slice(1)}${hint ? ` (${hint})` : ''}`);
}

function fieldValue(field: protobuf.Field, value: unknown, at: string): unknown {
  if (field instanceof protobuf.MapField) {
    if (!isRecord(value)) throw misfit(at, 'an object');
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, one(field, item, `${at}.${key}`)]));
  }
  if (!field.repeated) return one(field, value, at);
  if (!Array.isArray(value)) throw misfit(at, 'a list');
  return value.map((item, index) => one(field, item, `${at}[${index}]`));
}

/** One value of a field, of a list or of a map. */
function one({ type, resolvedType }: protobuf.Field, value: unknown, at: string): unknown {
  if (resolvedType instanceof protobuf.Enum) return enumeration(resolvedType, value, at);
  if (!resolvedType) return scalar(type, value, at);
  const known = WELL_KNOWN[resolvedType.fullName];
  if (known) return known.toMessage(value, at);
  if (WRAPPER.test(resolvedType.fullName)) {
    return { value: scalar(resolvedType.fields['value']?.type ?? 'string', value, at) };
  }
  return messageOf(resolvedType, value, at);
}

function enumeration({ values }: protobuf.Enum, value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  const number = typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : undefined;
  if (number === undefined) throw misfit(at, `one of ${Object.keys(values).join(', ')}`);
  return number;
}

function scalar(type: string, value: unknown, at: string): unknown {
  if (type === 'string' && typeof value === 'string') return value;
  if (type === 'bool' && typeof value === 'boolean') return value;
  if (type === 'bytes' && typeof value === 'string') return Buffer.from(value, 'base64');
  if (FLOATS.has(type) && (typeof value === 'number' || NOT_FINITE.has(value))) return Number(value);
  if (INTEGERS_32.has(type) && isWhole(value)) return Number(value);
  // As text: a number of 64 bits may not fit into one of JavaScript's.
  if (INTEGERS_64.has(type) && isWhole(value)) return String(value);
  throw misfit(at, EXPECTED[type] ?? `a whole number (${type})`);
}

const NOT_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);
const EXPECTED: Record<string, string> = {
  string: 'a text',
  bool: 'true or false',
  bytes: 'bytes in base64',
  float: 'a number',
  double: 'a number',
};

function isWhole(value: unknown): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value);
}
