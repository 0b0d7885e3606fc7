import { CHARSET, formBody } from '../../demo/intranet/charset.ts';
import type { SupplierData } from '../../demo/intranet/model.ts';
import { startIntranet, type Intranet, type IntranetOptions } from '../../demo/intranet/start.ts';
import { tempFolder } from './temp-folder.ts';

export const CREDENTIALS = { user: 'ksiegowa', password: 'saldo2004' };

export const TEST_SUPPLIER: SupplierData = {
  name: 'Żółw & Syn s.c.',
  vatId: '7823041166',
  country: 'PL',
  street: 'ul. Ceglana 31/2',
  postCode: '50-543',
  city: 'Wrocław',
  iban: 'PL69999000380019800450060231',
};

/** Speaks to the intranet as a browser without scripts: keeps the cookie, sends ISO-8859-2. */
export type Client = {
  get(path: string): Promise<Answer>;
  post(path: string, fields: Record<string, string>): Promise<Answer>;
};
export type Answer = { status: number; location: string | null; html: string };

/** A running intranet in a new folder, and a client that is logged in. */
export async function openOffice(
  options: Partial<IntranetOptions> = {},
): Promise<{ intranet: Intranet; client: Client; dir: string }> {
  const dir = options.dir ?? (await tempFolder('intranet'));
  const intranet = await startIntranet({ dir, port: 0, ...CREDENTIALS, suppliers: [TEST_SUPPLIER], ...options });
  const client = createClient(intranet.url);
  await client.post('LG001.asp', { L_01: CREDENTIALS.user, L_02: CREDENTIALS.password, AKCJA: 'Zaloguj' });
  return { intranet, client, dir };
}

export function createClient(url: string): Client {
  let cookie = '';
  const send = async (path: string, form?: string): Promise<Answer> => {
    const response = await fetch(url + path, {
      ...(form === undefined ? {} : { method: 'POST', body: form }),
      redirect: 'manual',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const html = new TextDecoder(CHARSET).decode(await response.arrayBuffer());
    return { status: response.status, location: response.headers.get('location'), html };
  };
  return { get: (path) => send(path), post: (path, fields) => send(path, formBody(fields)) };
}

/** Value of a field of a page; undefined where the page does not have it. */
export function fieldValue(html: string, name: string): string | undefined {
  const tag = html.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`, 'i'))?.[0];
  return tag?.match(/value="([^"]*)"/i)?.[1];
}

/** A complete document of one row, 1000,00 at 23 %. */
export const DOCUMENT: Record<string, string> = {
  H_011: 'K00001',
  F_031: 'FV/1/11/2026',
  F_032: '20.11.2026',
  F_033: '19.11.2026',
  F_034: '04.12.2026',
  F_035: 'PLN',
  F_037: '24.11.2026',
  F_055: '402-04',
  F_051_1: '1 000,00',
  F_052_1: '23',
};

/** Recalculates and posts a document as a user does; gives the answer to *Księguj*. */
export async function postDocument(client: Client, document: Record<string, string> = DOCUMENT): Promise<Answer> {
  const { html } = await client.post('ZK010.asp', { ...document, AKCJA: 'Przelicz' });
  return client.post('ZK010.asp', { ...document, H_099: fieldValue(html, 'H_099') ?? '', AKCJA: 'Księguj' });
}
