/** How Chromium is started everywhere: without traffic of its own, so that it asks nobody but the pages it is sent to. */
export const CHROMIUM_FLAGS: readonly string[] = [
  // The worker's container is the sandbox; Chromium's own needs privileges that it does not have.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
];
