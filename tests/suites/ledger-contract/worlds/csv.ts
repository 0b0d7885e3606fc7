import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Big } from 'big.js';
import exceljs from 'exceljs';
import { openLedger } from '../../../../bots/ledger/index.ts';
import { LedgerSettings } from '../../../../core/settings/ledgers.ts';
import type { Booked, World, WorldMaker } from '../world.ts';
import { noServer } from './none.ts';

const SUPPLIER = { name: 'Papiernia "Północ"; Sp. z o.o.', vatId: '5260250274' };
const ACCOUNTS = new Set(['402-01', '402-04']);
const LOOK_MS = 100;

/** A program that imports CSV files in cp1250: looks into its folder, books or refuses whole files, answers, files away. */
class Importer {
  readonly books: Booked[] = [];
  readonly #folder: string;
  readonly #timer: NodeJS.Timeout;
  #busy: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
    this.#timer = setInterval(() => {
      this.#busy = this.#busy.then(() => this.#look());
    }, LOOK_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  async #look(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.csv') && !name.startsWith('.'));
    for (const name of names) {
      const path = join(this.#folder, name);
      const rows = await rowsOf(await readFile(path));
      const refusal = this.#refuses(rows);
      const [reference = ''] = rows[0] ?? [];
      if (refusal) await writeFile(`${path}.err`, `${reference};${refusal};tak mówi program\r\n`);
      else {
        this.books.push(bookedOf(rows));
        await writeFile(`${path}.ok`, `${reference};FZ/${this.books.length}\r\n`);
      }
      await rename(path, `${path}.done.${this.books.length}${refusal ?? ''}`);
    }
  }

  #refuses(rows: string[][]): string | undefined {
    if (rows.some(([, , supplier]) => supplier !== SUPPLIER.name)) return 'unknown-supplier';
    if (rows.some((row) => !ACCOUNTS.has(row[8] ?? ''))) return 'unknown-account';
    return rows.some((row) => row[4]?.endsWith('.2025')) ? 'closed-period' : undefined;
  }
}

/** Read by another library than the one that wrote it, from the bytes of the file. */
async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const text = new TextDecoder('windows-1250').decode(bytes);
  const sheet = await new exceljs.Workbook().csv.read(Readable.from([text]), {
    parserOptions: { delimiter: ';' },
    map: (value: unknown) => value,
  });
  const rows: string[][] = [];
  sheet.eachRow((row) => rows.push((row.values as exceljs.CellValue[]).slice(1).map(String)));
  return rows.slice(1);
}

function bookedOf(rows: string[][]): Booked {
  const [first = []] = rows;
  const sum = (column: number): string =>
    rows.reduce((total, row) => total.plus((row[column] ?? '').replace(',', '.')), new Big(0)).toFixed(2);
  const [day, month, year] = (first[4] ?? '').split('.');
  return {
    number: first[1] ?? '',
    supplier: first[2] ?? '',
    date: `${year}-${month}-${day}`,
    net: sum(11),
    vat: sum(12),
    gross: sum(13),
    currency: first[7] ?? '',
  };
}

/** CSV import files in cp1250, for a program that imports and acknowledges them. */
export const csv: WorldMaker = {
  name: 'CSV import',
  async open(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'contract-csv-'));
    const settings = LedgerSettings.parse({
      driver: 'csv',
      folder: '.',
      dialect: { date: 'DD.MM.YYYY' },
      patience: 15,
    });
    const importer = new Importer(folder);
    return {
      open: () => openLedger(settings, noServer(folder)),
      supplier: SUPPLIER,
      account: '402-01',
      secondAccount: '402-04',
      closedDay: '2025-11-03',
      booked: (number) => Promise.resolve(importer.books.filter((booked) => booked.number === number)),
      async close() {
        await importer.close();
        await rm(folder, { recursive: true });
      },
    };
  },
};
