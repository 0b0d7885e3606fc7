import {
  loadPackageDefinition,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceClientConstructor,
  status,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorName } from '../../../core/model/problem.ts';
import { CALL, callDeps, perform, problemIn } from '../../../tests/support/calls.ts';
import { createCallActivities } from '../index.ts';
import { MAX_CONTENT_BYTES } from '../request.ts';

const TYPES = `
  syntax = "proto3";
  package shop;
  import "google/protobuf/timestamp.proto";
  enum Currency { PLN = 0; EUR = 1; }
  message Line { string text = 1; double price = 2; }
  message Order {
    string number = 1;
    int64 cents = 2;
    bool paid = 3;
    Currency currency = 4;
    repeated Line lines = 5;
    map<string, int32> stock = 6;
    bytes scan = 7;
    google.protobuf.Timestamp due_date = 8;
    optional string note = 9;
    oneof payer { string person = 10; string company = 11; }
  }
`;
const SERVICE = `
  syntax = "proto3";
  package shop;
  import "types.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/wrappers.proto";
  import "google/api/annotations.proto";
  message Failing { int32 code = 1; }
  message Sized { int32 bytes = 1; }
  service Orders {
    rpc Echo (Order) returns (Order);
    rpc Lines (Order) returns (stream Line);
    rpc Collect (stream Order) returns (Order);
    rpc Fail (Failing) returns (Order);
    rpc Peek (Failing) returns (Order) { option idempotency_level = NO_SIDE_EFFECTS; }
    rpc Hang (Failing) returns (Order);
    rpc Big (Sized) returns (Line);
    rpc Any (google.protobuf.Struct) returns (google.protobuf.Struct);
    rpc Who (google.protobuf.StringValue) returns (google.protobuf.StringValue);
  }
`;
const FILES: Record<string, string> = {
  'resources/shop.proto': SERVICE,
  'resources/types.proto': TYPES,
  'resources/broken.proto': 'message {',
};

type Sent = { code: number; bytes: number; lines?: object[] };
type Unary = ServerUnaryCall<Sent, object>;
type Answer = sendUnaryData<object>;

/** The service on Google's own library, so that the two ends share no code of ours. */
const IMPLEMENTATION = {
  Echo({ request, metadata }: Unary, answer: Answer) {
    const [authorization] = metadata.get('authorization');
    answer(null, authorization === undefined ? request : { number: authorization });
  },
  Lines(call: ServerWritableStream<Sent, object>) {
    for (const line of call.request.lines ?? []) call.write(line);
    call.end();
  },
  Collect: (call: ServerReadableStream<Sent, object>, answer: Answer) =>
    call.once('data', (order: object) => answer(null, order)),
  Fail: ({ request }: Unary, answer: Answer) => answer({ code: request.code, details: 'as asked' }),
  Peek: ({ request }: Unary, answer: Answer) => answer({ code: request.code, details: 'as asked' }),
  Hang: (call: Unary) => call.once('cancelled', () => cancelled.push('Hang')),
  Big: ({ request }: Unary, answer: Answer) => answer(null, { text: 'x'.repeat(request.bytes) }),
  Any: ({ request }: Unary, answer: Answer) => answer(null, request),
  Who: ({ request }: Unary, answer: Answer) => answer(null, request),
};

const cancelled: string[] = [];
const server = new Server();
let port = 0;
beforeAll(async () => {
  const root = new protobuf.Root();
  for (const name of ['timestamp', 'struct', 'wrappers']) {
    root.addJSON(protobuf.common.get(`google/protobuf/${name}.proto`)?.nested ?? {});
  }
  protobuf.parse(TYPES, root);
  protobuf.parse(SERVICE, root);
  root.resolveAll();
  const loaded = loadPackageDefinition(fromJSON(root.toJSON(), { longs: String, enums: String }))['shop'];
  const { Orders } = loaded as unknown as Record<string, ServiceClientConstructor>;
  server.addService(Orders!.service, IMPLEMENTATION);
  port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
});
afterAll(() => server.forceShutdown());

const activities = createCallActivities(callDeps({ file: (_, path) => Promise.resolve(FILES[path]) }));
let calls = 0;
/** Each a call of its own: one whose outcome was lost is not made again. */
const start = (method: string, given: object, more: object = {}, uri = 'resources/shop.proto') =>
  perform(
    activities['call.grpc'],
    {
      proto: { endpoint: { uri } },
      service: { name: 'shop.Orders', host: '127.0.0.1', port, ...more },
      method,
      arguments: given,
    },
    { ...CALL, key: `key-${++calls}` },
  );
const call = (...args: Parameters<typeof start>): Promise<unknown> => start(...args).result;

describe('a unary call', () => {
  it('should carry every kind of field there and back, by the JSON mapping of proto3', async () => {
    const order = {
      number: 'FV/1',
      cents: '9007199254740993',
      paid: true,
      currency: 'EUR',
      lines: [{ text: 'desk', price: 1.5 }],
      stock: { desk: 3 },
      scan: Buffer.from('pdf').toString('base64'),
      dueDate: '2026-01-31T12:00:00.250Z',
      note: '',
      company: 'Dębowa',
    };
    expect(await call('Echo', order)).toEqual(order);
  });

  it('should fill in defaults, and leave out what is optional', async () => {
    expect(await call('Echo', { due_date: '2026-01-31T13:00:00+01:00' })).toEqual({
      ...{ number: '', cents: '0', paid: false, currency: 'PLN', lines: [], stock: {}, scan: '' },
      dueDate: '2026-01-31T12:00:00Z',
    });
  });

  it('should take any JSON where the message is google.protobuf.Struct', async () => {
    const given = { a: [1, 'b', null, { c: true }] };
    expect(await call('Any', given)).toEqual(given);
  });

  it('should give the bare value where the answer is a wrapper', async () => {
    expect(await call('Who', { value: 'Ewa' })).toBe('Ewa');
  });

  it('should send who calls', async () => {
    const sent = await call('Echo', {}, { authentication: { bearer: { token: 'abc' } } });
    expect(sent).toMatchObject({ number: 'Bearer abc' });
  });
});

describe('streams', () => {
  it('should give all answers in their order', async () => {
    const lines = [1, 2, 3].map((price) => ({ text: `line ${price}`, price }));
    expect(await call('Lines', { lines })).toEqual(lines);
    expect(await call('Lines', {})).toEqual([]);
  });

  it('should send one message where the method takes many', async () => {
    expect(await call('Collect', { number: 'one' })).toMatchObject({ number: 'one' });
  });
});

describe('faults', () => {
  it.each<[string, object, string]>([
    ['an unknown field', { nmber: 'x' }, '.nmber: expected a field of shop.Order (did you mean "number"?)'],
    ['a wrong type', { number: 7 }, '.number: expected a text'],
    ['a number that is not whole', { cents: 1.5 }, '.cents: expected a whole number (int64)'],
    ['an unknown name', { currency: 'USD' }, '.currency: expected one of PLN, EUR'],
    ['a wrong item', { lines: [{}, { price: 'x' }] }, '.lines[1].price: expected a number'],
    ['no date', { dueDate: 'tomorrow' }, '.dueDate: expected a date and time'],
  ])('should name %s before anything is sent', async (_, given, detail) => {
    const problem = await problemIn(call('Echo', given));
    expect([errorName(problem.type), problem.retryable]).toEqual(['validation', false]);
    expect(problem.detail).toContain(detail);
  });

  it.each<[string, number, boolean]>([
    ['NOT_FOUND', 404, false],
    ['PERMISSION_DENIED', 403, false],
    ['UNAUTHENTICATED', 401, false],
    ['UNAVAILABLE', 503, false],
    ['RESOURCE_EXHAUSTED', 429, true],
  ])('should tell %s as status %i', async (code, expected, retryable) => {
    const problem = await problemIn(call('Fail', { code: status[code as 'OK'] }));
    expect([errorName(problem.type), problem.status, problem.retryable]).toEqual([
      'communication',
      expected,
      retryable,
    ]);
    expect(problem.detail).toContain(`/shop.Orders/Fail answered ${code}: as asked`);
  });

  it('should try again what the proto says does no harm', async () => {
    expect((await problemIn(call('Peek', { code: status.UNAVAILABLE }))).retryable).toBe(true);
  });

  it.each<[string, () => Promise<unknown>, string, boolean]>([
    ['an unknown method', () => call('Ecko', {}), 'configuration', false],
    ['an unknown service', () => call('Echo', {}, { name: 'shop.Nobody' }), 'configuration', false],
    ['a file that is not there', () => call('Echo', {}, {}, 'resources/none.proto'), 'configuration', false],
    ['a file that is not a proto', () => call('Echo', {}, {}, 'resources/broken.proto'), 'configuration', false],
    ['a closed port', () => call('Echo', {}, { port: 1 }), 'communication', true],
    ['too much', () => call('Big', { bytes: MAX_CONTENT_BYTES + 1 }), 'communication', false],
    [
      'digest',
      () => call('Echo', {}, { authentication: { digest: { username: 'u', password: 'p' } } }),
      'configuration',
      false,
    ],
  ])('should tell %s', async (_, work, type, retryable) => {
    const problem = await problemIn(work());
    expect([errorName(problem.type), problem.retryable], problem.detail).toEqual([type, retryable]);
  });

  it('should cancel the call on the server when the task is cancelled', async () => {
    const { result, cancel } = start('Hang', {});
    setTimeout(cancel, 500);
    await expect(result).rejects.toThrow();
    await expect.poll(() => cancelled).toEqual(['Hang']);
  });
});
