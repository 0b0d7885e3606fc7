import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SUPPLIERS } from '../documents/companies.ts';
import { startIntranet } from './start.ts';

const USAGE = `Starts the demo's accounting intranet on 127.0.0.1 until Ctrl-C.

  node demo/intranet/main.ts --dir .zaplecze/intranet --port 17500

  --dir FOLDER            state; made where absent
  --port N                0 takes a free one (default)
  --user U --password P   default: ksiegowa / saldo2004
  --session-minutes N     default 20
  --delay-ms N            waited before each answer
  --lost-answers N        the next N postings are written, but answered by HTTP 500
  --error-every N         every n-th request is answered by HTTP 500`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    dir: { type: 'string' },
    port: { type: 'string', default: '0' },
    user: { type: 'string', default: 'ksiegowa' },
    password: { type: 'string', default: 'saldo2004' },
    'session-minutes': { type: 'string', default: '20' },
    'delay-ms': { type: 'string', default: '0' },
    'lost-answers': { type: 'string', default: '0' },
    'error-every': { type: 'string', default: '0' },
  },
});
if (values.help || !values.dir) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

const intranet = await startIntranet({
  dir: resolve(values.dir),
  port: Number(values.port),
  user: values.user,
  password: values.password,
  suppliers: SUPPLIERS,
  sessionMinutes: Number(values['session-minutes']),
  delayMs: Number(values['delay-ms']),
  faults: { lostAnswers: Number(values['lost-answers']), errorEvery: Number(values['error-every']) },
});
console.log(intranet.url);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void intranet.close().then(() => process.exit(0)));
}
