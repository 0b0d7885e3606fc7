import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { optionalParts, parts } from '../../installation/tools/index.ts';
import type { Part } from '../../installation/tools/part.ts';
import { homeDir } from '../../installation/home.ts';
import { EXIT, type Io, table } from '../io.ts';
import { type Check, checkSettings } from './doctor-settings.ts';
import { errorText } from '../../core/model/errors.ts';

/** Below this the state folder soon fills: a day of a hundred scanned invoices is some hundred megabytes. */
const LITTLE_DISK_BYTES = 1024 ** 3;
/** The Node that runs TypeScript as it is. */
const NODE_MAJOR = 24;

/** `zaplecze doctor`: each part with version and state, and how to mend it. Exit 1 when something is missing. */
export async function doctor(options: { settings?: string; json?: boolean }, io: Io): Promise<number> {
  const checks: Check[] = [node(), ...(await Promise.all(parts.map(checkPart)))];
  for (const [name, part] of optionalParts) checks.push(await checkOptional(name, part));
  checks.push(await state(), ...(await checkSettings(options.settings)));
  if (options.json) io.out(JSON.stringify(checks));
  else {
    io.out(
      table(
        ['', 'PART', 'STATE'],
        checks.map(({ ok, name, state }) => [ok ? 'ok' : '!!', name, state]),
      ),
    );
    for (const { name, ok, mend } of checks) if (!ok && mend) io.out(`\n${name}: ${mend}`);
  }
  return checks.every((check) => check.ok) ? EXIT.ok : EXIT.notOk;
}

function node(): Check {
  const ok = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;
  return {
    name: 'Node',
    ok,
    state: process.versions.node,
    mend: `Node ${NODE_MAJOR} is required; npm run setup installs it`,
  };
}

async function checkPart(part: Part): Promise<Check> {
  try {
    const found = await part.find();
    if (found) return { name: part.name, ok: true, state: `${found.version}  ${found.path} (${found.how})` };
    return { name: part.name, ok: false, state: `missing: ${part.purpose}`, mend: `npm run setup, or ${part.mend}` };
  } catch (error) {
    return {
      name: part.name,
      ok: false,
      state: errorText(error),
      mend: part.mend,
    };
  }
}

/** A part that is not set up is in order: nobody has asked for it. */
async function checkOptional(name: string, part: Part): Promise<Check> {
  const check = await checkPart(part);
  return check.ok ? check : { ...check, ok: true, state: `not set up (npm run setup -- ${name}): ${part.purpose}` };
}

async function state(): Promise<Check> {
  const home = homeDir();
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    const gigabytes = (free / 1024 ** 3).toFixed(1);
    return {
      name: 'State folder',
      ok: free > LITTLE_DISK_BYTES,
      state: `${home}, ${gigabytes} GiB free`,
      mend: 'free some disk space',
    };
  } catch (error) {
    const mend = `make ${home} writable, or set ZAPLECZE_HOME`;
    return { name: 'State folder', ok: false, state: errorText(error), mend };
  }
}
