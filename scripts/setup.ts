import { ensure } from '../installation/tools/part.ts';
import { optionalParts, setUp } from '../installation/tools/index.ts';

const USAGE = `npm run setup [-- NAME…]
  Puts everything in place and says what it did. Optional parts are named: ${[...optionalParts.keys()].join(', ')}`;

const say = (text: string): void => console.error(`zaplecze: ${text}`);
const names = process.argv.slice(2);
const chosen = names.map((name) => optionalParts.get(name));
if (chosen.includes(undefined)) {
  console.error(USAGE);
  process.exit(names.includes('--help') ? 0 : 2);
}
const found = new Map(chosen.length === 0 ? Object.entries(await setUp(say)) : []);
for (const part of chosen) if (part) found.set(part.name, await ensure(part, say));
for (const [name, { version, path, how }] of found) console.log(`${name}: ${version} ${path} (${how})`);
