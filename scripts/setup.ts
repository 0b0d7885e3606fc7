import { setUp } from './setup/index.ts';

/** `npm run setup`: puts everything in place and says what it did. */
const tools = await setUp((text) => console.error(`zaplecze: ${text}`));
for (const [name, found] of Object.entries(tools))
  console.log(`${name}: ${found.version} ${found.path} (${found.how})`);
