/** Which room may import which. The import rules and docs/architecture.md are made of these tables. */
const ROOMS = {
  packages: [],
  core: ['packages'],
  store: ['core'],
  bots: ['core'],
  workflows: ['core', 'packages'],
  activities: ['bots', 'core', 'store'],
  intake: ['bots', 'core', 'store'],
  installation: ['bots', 'core', 'store'],
  server: ['core', 'installation', 'intake', 'store'],
  workers: ['activities', 'bots', 'core', 'installation', 'intake', 'server', 'store'],
  cli: ['bots', 'core', 'installation', 'packages', 'store', 'workers'],
  demo: ['bots', 'cli', 'core', 'installation', 'intake', 'server', 'store', 'workers'],
  bench: ['bots', 'cli', 'core', 'demo', 'installation', 'packages'],
  scripts: ['cli', 'core', 'demo', 'installation'],
};
/** Rooms that no code imports: definitions are data, tests are for nobody else. */
const CLOSED = ['definitions', 'tests'];
/** Bots know each other only where one is made of another: a ledger behind a form, a report printed as PDF. */
const BOTS = {
  documents: [],
  forms: ['documents', 'tables'],
  ledger: ['forms', 'tables'],
  mail: [],
  mailbox: [],
  places: [],
  processes: [],
  tables: [],
};
/** The server by audience: `site` is what all pages share. */
const SERVER = {
  site: [],
  people: ['site'],
  runs: [],
  links: ['people', 'site'],
  hooks: ['site'],
  desk: ['links', 'people', 'runs', 'site'],
  api: ['links', 'people', 'runs', 'site'],
};

module.exports = { ROOMS, CLOSED, BOTS, SERVER };
