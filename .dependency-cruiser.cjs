/** The folder tree is the architecture: scripts/rooms.cjs says which room may import which. See docs/architecture.md. */
const { ROOMS, CLOSED, BOTS, SERVER } = require('./scripts/rooms.cjs');

const TEST = '\\.test\\.ts$';
const anyOf = (names) => `(${names.join('|')})`;

/** Rules that hold each room of a table, below `under`, to the rooms named beside it. */
const held = (rooms, under, closed = []) =>
  Object.entries(rooms).map(([room, allowed]) => ({
    name: `${under}${room}-imports`,
    severity: 'error',
    comment: `${under}${room} may import only: ${[room, ...allowed].join(', ')}`,
    from: { path: `^${under}${room}/`, pathNot: TEST },
    to: {
      path: `^${under}${anyOf([...Object.keys(rooms), ...closed])}/`,
      pathNot: `^${under}${anyOf([room, ...allowed])}/`,
    },
  }));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...held(ROOMS, '', CLOSED),
    ...held(BOTS, 'bots/'),
    ...held(SERVER, 'server/'),
    {
      name: 'packages-stand-alone',
      severity: 'error',
      comment: 'the package is entered by its index, as from the registry',
      from: { path: '^(core|workflows|activities|bots|intake|installation|server|workers|cli)/', pathNot: TEST },
      to: { path: '^packages/[^/]+/', pathNot: '^packages/[^/]+/index\\.ts$' },
    },
    {
      name: 'parts-of-reading-know-no-format',
      severity: 'error',
      comment: 'what reads words and judges values serves every format: bots/documents/formats/ puts it together',
      from: { path: '^bots/documents/(checks|confidence|fields|ocr|page|pdf|supplier|xml)/', pathNot: TEST },
      to: { path: '^bots/documents/formats/' },
    },
    {
      name: 'workflows-are-deterministic',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'bots-know-no-temporal',
      severity: 'error',
      from: { path: '^(bots|core|packages|store)/', pathNot: TEST },
      to: { path: 'node_modules/@temporalio' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: `^\\.zaplecze|${TEST}` },
  },
};
