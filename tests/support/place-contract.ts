import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Place, putOnce, type PutNotes } from '../../bots/places/index.ts';

type State = Awaited<ReturnType<PutNotes['state']>>;

/** Notes in memory, as the store keeps them. */
export function memoryNotes(): PutNotes & { states: Map<string, State> } {
  const states = new Map<string, State>();
  return {
    states,
    state: (key) => Promise.resolve(states.get(key)),
    note: (key, state) => Promise.resolve(void states.set(key, state)),
  };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every place does, whatever it is: `folder` is the same place as a folder of this machine, empty at first. */
export function placeContract(title: string, open: () => Promise<{ folder: string; place: Place }>): void {
  describe(title, () => {
    let folder = '';
    let place: Place;
    beforeEach(async () => {
      ({ folder, place } = await open());
    });
    afterEach(() => place.close());
    const text = (path: string) => readFile(join(folder, path), 'utf8');

    it('should list files by name, without folders, and find each by its path', async () => {
      await mkdir(join(folder, 'in/deeper'), { recursive: true });
      await writeFile(join(folder, 'in/b.csv'), '12');
      await writeFile(join(folder, 'in/zażółć #1 100%.csv'), '123');
      const found = await place.list('in');
      expect(found.map(({ path, size }) => [path, size])).toEqual([
        ['in/b.csv', 2],
        ['in/zażółć #1 100%.csv', 3],
      ]);
      expect(Date.now() - Date.parse(found[0]?.modifiedAt ?? '')).toBeLessThan(60_000);
      expect(new TextDecoder().decode(await place.get('in/zażółć #1 100%.csv', 100))).toBe('123');
      expect(await place.look('in/b.csv')).toMatchObject({ path: 'in/b.csv', size: 2 });
      expect(await place.look('in')).toBeUndefined();
    });

    it('should say what is not there, and refuse what is too large or outside', async () => {
      expect(await place.get('no.csv', 100)).toBeUndefined();
      await expect(place.list('gone')).rejects.toThrow('there is no folder "gone"');
      await writeFile(join(folder, 'large.csv'), 'x'.repeat(101));
      await expect(place.get('large.csv', 100)).rejects.toThrow('large.csv has more than 100 bytes');
      for (const path of ['../x', '/etc/passwd', 'a/../../x', 'a\\b']) {
        await expect(Promise.resolve().then(() => place.get(path, 100))).rejects.toThrow('leads out of the place');
      }
    });

    it('should write files into folders that it makes, also empty and binary ones', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      await place.write('out/2026/all.bin', all);
      await place.write('out/empty.txt', bytes(''));
      expect(new Uint8Array(await readFile(join(folder, 'out/2026/all.bin')))).toEqual(all);
      expect(await place.get('out/2026/all.bin', 1000)).toEqual(all);
      expect(await text('out/empty.txt')).toBe('');
    });

    it('should move a file into another folder, never over one that is there', async () => {
      await writeFile(join(folder, 'a.csv'), 'new');
      await mkdir(join(folder, 'done'));
      await writeFile(join(folder, 'done/a.csv'), 'old');
      expect(await place.move('a.csv', 'done/a.csv')).toBe('taken');
      expect(await text('done/a.csv')).toBe('old');
      expect(await place.move('a.csv', 'done/more/a.csv')).toBe('moved');
      expect(await text('done/more/a.csv')).toBe('new');
      expect(await place.move('a.csv', 'done/b.csv')).toBe('gone');
    });

    it('should put a file once, whole, and refuse to replace another', async () => {
      const notes = memoryNotes();
      const file = { key: 'k1', path: 'out/invoice.csv', bytes: bytes('1;2') };
      expect(await putOnce(place, file, notes)).toBe('written');
      expect(await putOnce(place, file, notes)).toBe('written');
      expect(await putOnce(place, { ...file, key: 'k2' }, notes)).toBe('already-there');
      await expect(putOnce(place, { ...file, key: 'k3', bytes: bytes('3') }, notes)).rejects.toThrow(
        'out/invoice.csv is there already, with another content',
      );
      expect(await readdir(join(folder, 'out'))).toEqual(['invoice.csv']);
    });

    it('should go on where an attempt broke off, and never put again what somebody has taken', async () => {
      const broken = (after: string): PutNotes & { states: Map<string, State> } => {
        const notes = memoryNotes();
        return {
          ...notes,
          note: async (key, state) => {
            await notes.note(key, state);
            if (state === after) throw new Error('killed');
          },
        };
      };
      for (const after of ['begun', 'sent', 'done'] as const) {
        const file = { key: `after ${after}`, path: `out/${after}.csv`, bytes: bytes(after) };
        const notes = broken(after);
        await expect(putOnce(place, file, notes)).rejects.toThrow('killed');
        const again = { ...memoryNotes(), state: (key: string) => notes.state(key) };
        expect(await putOnce(place, file, again)).toBe('written');
        expect(await text(`out/${after}.csv`)).toBe(after);
      }
      const file = { key: 'taken', path: 'out/taken.csv', bytes: bytes('x') };
      const lost = broken('sent');
      await expect(putOnce(place, file, lost)).rejects.toThrow('killed');
      const [draft = ''] = (await readdir(join(folder, 'out'))).filter((name) => name.includes('taken'));
      expect(await place.move(`out/${draft}`, 'elsewhere.csv')).toBe('moved');
      expect(await putOnce(place, file, { ...memoryNotes(), state: (key: string) => lost.state(key) })).toBe('fetched');
      expect(await readdir(join(folder, 'out'))).not.toContain('taken.csv');
    });
  });
}
