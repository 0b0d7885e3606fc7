import { expect, it } from 'vitest';
import { addressFrom, pathBeside } from './file-beside.ts';

it.each<[string, string | undefined]>([
  ['resources/orders.proto', 'resources/orders.proto'],
  ['./resources/orders.proto', 'resources/orders.proto'],
  ['file://app/greet.proto', 'app/greet.proto'],
  ['file:///app/greet.proto', 'app/greet.proto'],
  ['../../etc/passwd', 'etc/passwd'],
  ['file:///a/%2e%2e/%2e%2e/etc/passwd', 'etc/passwd'],
  ['resources/zażółć.json', 'resources/zażółć.json'],
  ['https://a.example/orders.proto', undefined],
])('should read %s', (uri, path) => {
  expect(pathBeside(uri)).toBe(path);
});

it.each([
  ['types.proto', 'resources/orders.proto', 'file:///resources/types.proto'],
  ['../types.proto', 'https://a.example/v1/orders.proto', 'https://a.example/types.proto'],
])('should resolve %s in %s', (reference, from, address) => {
  expect(addressFrom(reference, from)).toBe(address);
});
