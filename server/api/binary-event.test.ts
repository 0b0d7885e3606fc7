import { expect, it } from 'vitest';
import { readEvent } from './binary-event.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const attributes = { 'ce-specversion': '1.0', 'ce-id': '7', 'ce-source': '/shop', 'ce-type': 'order.made' };
const event = { specversion: '1.0', id: '7', source: '/shop', type: 'order.made' };

it.each<[string, Record<string, string>, Uint8Array, object]>([
  ['JSON', { 'content-type': 'application/json' }, bytes('{"a":1}'), { data: { a: 1 } }],
  ['text', { 'content-type': 'text/plain' }, bytes('łódź'), { data: 'łódź' }],
  ['bytes', { 'content-type': 'application/pdf' }, Uint8Array.of(1, 2, 255), { data_base64: 'AQL/' }],
  ['nothing', {}, bytes(''), {}],
  ['an extension, percent-encoded', { 'ce-subject': 'Z%C5%81%2F7' }, bytes(''), { subject: 'ZŁ/7' }],
])('should read an event in binary mode with %s', (_, headers, body, more) => {
  const type = headers['content-type'];
  const wanted = { ...event, ...(type !== undefined && { datacontenttype: type }), ...more };
  expect(readEvent(body, new Headers({ ...attributes, ...headers }))).toEqual(wanted);
});

it('should read an event in structured mode, and refuse what is no JSON', () => {
  const headers = new Headers({ 'content-type': 'application/cloudevents+json' });
  expect(readEvent(bytes(JSON.stringify(event)), headers)).toEqual(event);
  expect(() => readEvent(bytes('{'), headers)).toThrow('not valid JSON');
  expect(() => readEvent(bytes(''), new Headers({ ...attributes, 'ce-subject': '%E0%A4' }))).toThrow('percent-encoded');
});
