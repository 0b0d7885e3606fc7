import { misfit } from './values.ts';
import { isRecord } from '../../../core/model/is-record.ts';

/** How a well-known type is written in JSON (proto3 JSON mapping), and how it travels as a message. */
type WellKnown = {
  toMessage: (value: unknown, at: string) => unknown;
  toJson: (message: Record<string, unknown>) => unknown;
};

const NANOS_PER_SECOND = 1_000_000_000;
const TIME = /^(?<whole>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d:\d\d)$/;
const DURATION = /^(?<sign>-?)(?<whole>\d{1,12})(?:\.(?<fraction>\d{1,9}))?s$/;

const nanosOf = (fraction = ''): number => Number(fraction.padEnd(9, '0'));

/** `.5` of a second as 3, 6 or 9 digits, nothing for a whole one. */
function fractionOf(nanos: number): string {
  if (nanos === 0) return '';
  return `.${String(nanos).padStart(9, '0')}`.replace(/(000){1,2}$/, '');
}

const timestamp: WellKnown = {
  toMessage(value, at) {
    const { whole, fraction, zone } = (typeof value === 'string' && TIME.exec(value)?.groups) || {};
    const ms = Date.parse(`${whole}${zone}`);
    if (Number.isNaN(ms)) throw misfit(at, 'a date and time such as 2026-01-31T12:00:00Z');
    return { seconds: ms / 1000, nanos: nanosOf(fraction) };
  },
  toJson({ seconds, nanos }) {
    const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length);
    return `${whole}${fractionOf(Number(nanos))}Z`;
  },
};

const duration: WellKnown = {
  toMessage(value, at) {
    const groups = typeof value === 'string' ? DURATION.exec(value)?.groups : undefined;
    if (!groups) throw misfit(at, 'a duration in seconds such as "3.5s"');
    const sign = groups['sign'] === '-' ? -1 : 1;
    return { seconds: sign * Number(groups['whole']), nanos: sign * nanosOf(groups['fraction']) };
  },
  toJson({ seconds, nanos }) {
    const total = Number(seconds) + Number(nanos) / NANOS_PER_SECOND;
    return `${total < 0 ? '-' : ''}${Math.abs(Number(seconds))}${fractionOf(Math.abs(Number(nanos)))}s`;
  },
};

/** google.protobuf.Struct, Value and ListValue: any JSON. */
function toValue(value: unknown): object {
  if (value === null || value === undefined) return { nullValue: 0 };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { listValue: { values: value.map(toValue) } };
  return { structValue: toStruct(value) };
}

function toStruct(value: object): object {
  return { fields: Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toValue(item)])) };
}

function fromValue(value: unknown): unknown {
  if (!isRecord(value)) return null;
  if (Object.hasOwn(value, 'numberValue')) return value['numberValue'];
  if (Object.hasOwn(value, 'stringValue')) return value['stringValue'];
  if (Object.hasOwn(value, 'boolValue')) return value['boolValue'];
  if (Object.hasOwn(value, 'listValue')) return fromList(value['listValue']);
  return Object.hasOwn(value, 'structValue') ? fromStruct(value['structValue']) : null;
}

function fromList(list: unknown): unknown[] {
  const values = isRecord(list) ? list['values'] : undefined;
  return Array.isArray(values) ? values.map(fromValue) : [];
}

function fromStruct(struct: unknown): Record<string, unknown> {
  const fields = isRecord(struct) ? struct['fields'] : undefined;
  return Object.fromEntries(Object.entries(isRecord(fields) ? fields : {}).map(([name, v]) => [name, fromValue(v)]));
}

export const WELL_KNOWN: Readonly<Record<string, WellKnown>> = {
  '.google.protobuf.Timestamp': timestamp,
  '.google.protobuf.Duration': duration,
  '.google.protobuf.Value': { toMessage: toValue, toJson: fromValue },
  '.google.protobuf.Struct': {
    toMessage(value, at) {
      if (!isRecord(value)) throw misfit(at, 'an object');
      return toStruct(value);
    },
    toJson: fromStruct,
  },
  '.google.protobuf.ListValue': {
    toMessage(value, at) {
      if (!Array.isArray(value)) throw misfit(at, 'a list');
      return { values: value.map(toValue) };
    },
    toJson: fromList,
  },
};

/** Wrappers such as google.protobuf.StringValue are written as the bare value. */
export const WRAPPER = /^\.google\.protobuf\.(?:Bool|String|Bytes|Double|Float|U?Int(?:32|64))Value$/;
