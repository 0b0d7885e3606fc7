/** The folder tree is the architecture: each rule says which folder may know which. See docs/architecture.md. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${allowed.join(', ')}`,
  from: { path: `^${from}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^(definitions|workflows|activities|bots|workers|server|store|cli|demo|scripts|tests)/',
    pathNot: allowed.map((a) => `^${a}/`),
  },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('definitions-know-nobody', 'definitions', ['definitions']),
    only('workflows-know-definitions', 'workflows', ['workflows', 'definitions']),
    only('bots-know-definitions', 'bots', ['bots', 'definitions']),
    only('activities-know-bots-definitions-store', 'activities', ['activities', 'bots', 'definitions', 'store']),
    only('store-knows-definitions', 'store', ['store', 'definitions']),
    only('server-knows-store-and-definitions', 'server', ['server', 'store', 'definitions']),
    {
      name: 'parts-of-reading-know-no-format',
      severity: 'error',
      comment: 'what reads words and judges values serves every format: bots/documents/formats/ puts it together',
      from: { path: '^bots/documents/(checks|confidence|fields|ocr|page|pdf|supplier|xml)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^bots/documents/formats/' },
    },
    {
      name: 'workflows-are-deterministic',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'bots-know-no-temporal',
      severity: 'error',
      from: { path: '^(bots|definitions)/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/@temporalio' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: '^\\.zaplecze|\\.test\\.ts$' },
  },
};
