import protobuf from 'protobufjs';
import { FLOATS, INTEGERS_64 } from './values.ts';
import { WELL_KNOWN, WRAPPER } from './well-known.ts';
import { isRecord } from '../../../core/model/is-record.ts';

/**
 * A message as JSON, by the proto3 JSON mapping: lower camel case, whole numbers of 64 bits as text, bytes in base64,
 * enumerations by name, times in ISO 8601. Fields that were not sent have their default; messages that were not sent,
 * and what is in a `oneof` or `optional`, are left out.
 */
export function decode(type: protobuf.Type, bytes: Uint8Array): unknown {
  return jsonOf(type, type.decode(bytes));
}

function jsonOf(type: protobuf.Type, message: object): unknown {
  const record = Object.fromEntries(Object.entries(message));
  const known = WELL_KNOWN[type.fullName];
  if (known) return known.toJson({ seconds: 0, nanos: 0, ...record });
  if (WRAPPER.test(type.fullName)) {
    const field = type.fields['value']?.resolve();
    return field && one(field, record['value'] ?? field.typeDefault);
  }
  const fields = type.fieldsArray.map((field) => [field.name, fieldJson(field.resolve(), record)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function fieldJson(field: protobuf.Field, message: Record<string, unknown>): unknown {
  const value = message[field.name];
  if (field instanceof protobuf.MapField) {
    const entries = Object.entries(isRecord(value) ? value : {});
    return Object.fromEntries(entries.map(([key, item]) => [key, one(field, item)]));
  }
  if (field.repeated) return Array.isArray(value) ? value.map((item) => one(field, item)) : [];
  if (value !== undefined && value !== null) return one(field, value);
  const isOptional = field.partOf !== null || field.resolvedType instanceof protobuf.Type;
  return isOptional ? undefined : one(field, field.typeDefault);
}

function one({ type, resolvedType }: protobuf.Field, value: unknown): unknown {
  if (resolvedType instanceof protobuf.Enum) return resolvedType.valuesById[Number(value)] ?? Number(value);
  if (resolvedType) return typeof value === 'object' && value !== null ? jsonOf(resolvedType, value) : null;
  if (INTEGERS_64.has(type)) return String(value);
  if (type === 'bytes') return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : '';
  return FLOATS.has(type) && !Number.isFinite(value) ? String(value) : value;
}
