import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The press on Post of SQL-Ledger, in the body of its form. */
const POSTING = /(^|&)action=post(&|$)/i;

export type HeldPosting = {
  /** Lets it reach the application now; resolves when the application has answered. The answer goes to nobody. */
  letThrough(): Promise<void>;
};

export type HoldingProxy = {
  /** The application's address through the proxy. */
  url: string;
  /** How many postings have come through here. */
  postings(): number;
  /** Holds the next posting back, and resolves when it has come. */
  holdNextPosting(): Promise<HeldPosting>;
  close(): Promise<void>;
};

/** Stands between the bot and a web application; holds a posting at the moment when its outcome is unknown. */
export async function startHoldingProxy(applicationUrl: string): Promise<HoldingProxy> {
  const application = new URL(applicationUrl);
  let postings = 0;
  let hold: ((held: HeldPosting) => void) | undefined;
  const server = createServer((incoming, response) => {
    void handle(incoming, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const posting = incoming.method === 'POST' && POSTING.test(body.toString('latin1'));
    if (posting) postings += 1;
    if (posting && hold) {
      hold({ letThrough: () => forward(application, incoming, body) });
      hold = undefined;
      return;
    }
    await forward(application, incoming, body, response);
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = new URL(applicationUrl);
  url.port = String(port);
  return {
    url: url.href,
    postings: () => postings,
    holdNextPosting: () => new Promise((done) => (hold = done)),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Hands a request on, under the name that the browser used; its answer goes to `response`, or is read and dropped. */
function forward(to: URL, incoming: IncomingMessage, body: Buffer, response?: ServerResponse): Promise<void> {
  const { method, url, headers } = incoming;
  return new Promise((done, fail) => {
    const outgoing = request({ host: to.hostname, port: to.port, method, path: url, headers }, (answer) => {
      answer.once('end', done).once('error', fail);
      if (response) answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
      else answer.resume();
    });
    outgoing.once('error', fail);
    outgoing.end(body);
  });
}
