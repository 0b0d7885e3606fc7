import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The seven fields, by the labels that a person sees. */
export const LABELS = [
  'First Name',
  'Last Name',
  'Company Name',
  'Role in Company',
  'Address',
  'Email',
  'Phone Number',
] as const;
export const ROUNDS = 10;

/** One record a round: a value for each label. */
export type Person = Record<(typeof LABELS)[number], string>;

/** What the page says at the end of a game. */
export type Result = { right: number; trusted: boolean; elapsedMs: number };

/** Ten invented people. */
export const PEOPLE: readonly Person[] = Array.from({ length: ROUNDS }, (_, index) => ({
  'First Name': `Anna${index}`,
  'Last Name': `Kowalska-${index}`,
  'Company Name': `Drukarnia ${index} sp. z o.o.`,
  'Role in Company': index % 2 === 0 ? 'Accountant' : 'Buyer',
  Address: `ul. Długa ${index + 1}, 00-00${index} Łódź`,
  Email: `anna${index}@example.com`,
  'Phone Number': `60012345${index}`,
}));

/**
 * A page with the rules of the well-known RPA challenge: seven labelled fields in another order, with other ids and
 * names, in each of ten rounds. Only events of real input count; the page keeps the time from Start to the last Submit.
 */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Challenge</title>
<style>form{display:flex;flex-wrap:wrap;width:780px}div{width:260px;height:70px}label{display:block}</style>
<button id="start">Start</button><p id="message"></p><form id="form"></form>
<script>
const LABELS = ${JSON.stringify(LABELS)}, PEOPLE = ${JSON.stringify(PEOPLE)};
const form = document.getElementById('form'), message = document.getElementById('message');
let round = -1, right = 0, trusted = true, began = 0;
const random = () => 'f' + Math.random().toString(36).slice(2);
function next() {
  round += 1;
  if (round === PEOPLE.length) {
    navigator.sendBeacon('/result', JSON.stringify({ right, trusted, elapsedMs: performance.now() - began }));
    form.replaceChildren();
    message.textContent = 'Congratulations';
    return;
  }
  const order = [...LABELS].sort(() => Math.random() - 0.5);
  form.innerHTML = order.map((label) => '<div><label>' + label + '</label><input id="' + random() + '" name="' + random() +
    '" data-label="' + label + '"></div>').join('') + '<input type="submit" value="Submit">';
  form.querySelectorAll('[data-label]').forEach((input) => { input.key = input.dataset.label; delete input.dataset.label; });
}
form.addEventListener('input', (event) => { trusted &&= event.isTrusted; });
form.addEventListener('submit', (event) => {
  event.preventDefault();
  trusted &&= event.isTrusted;
  const inputs = [...form.querySelectorAll('input:not([type=submit])')];
  if (inputs.every((input) => input.value === PEOPLE[round][input.key])) right += 1;
  next();
});
document.getElementById('start').addEventListener('click', (event) => {
  event.target.remove(); round = -1; right = 0; trusted = true; began = performance.now(); next();
});
</script>`;

export type Site = {
  url: string;
  /** What the page reported of the game played last. */
  result(): Promise<Result>;
  close(): void;
};

/** Serves the page on loopback. */
export async function servePage(): Promise<Site> {
  let reported = Promise.withResolvers<Result>();
  const server = createServer((request, response) => {
    if (request.url === '/result') {
      void text(request).then((body) => reported.resolve(JSON.parse(body) as Result));
      response.writeHead(204).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(PAGE);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async result() {
      const result = await reported.promise;
      reported = Promise.withResolvers<Result>();
      return result;
    },
    close: () => server.close(),
  };
}
