import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLocalPlace } from './index.ts';
import { placeContract } from '../../tests/support/place-contract.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'place-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

placeContract('a folder of this machine', () => Promise.resolve({ folder, place: openLocalPlace(folder) }));

it('should follow no link out of the place', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  await writeFile(join(outside, 'secret.txt'), 'secret');
  await symlink(outside, join(folder, 'way'));
  await symlink(join(outside, 'secret.txt'), join(folder, 'secret.txt'));
  await mkdir(join(folder, 'in'));
  const place = openLocalPlace(folder);
  await expect(place.get('way/secret.txt', 100)).rejects.toThrow('leads out of the place by a link');
  await expect(place.list('way')).rejects.toThrow('leads out of the place by a link');
  expect(await place.get('secret.txt', 100)).toBeUndefined();
  expect(await place.list('')).toEqual([]);
  await rm(outside, { recursive: true });
});
