import type { Client } from '@temporalio/client';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import type { Store } from '../../store/index.ts';
import type { FindPerson } from '../people/members.ts';
import type { Site } from '../site/context.ts';
import type { Routed } from '../../intake/router.ts';

/** What the operations are made of. */
export type ApiParts = {
  site: Site;
  store: Store;
  client: Client;
  publish: (event: CloudEvent) => Promise<Routed>;
  find: FindPerson;
  /** Bearer token of the command line on this machine; who knows it may do everything here. */
  token: string;
  /** Namespaces without the search attributes of the product are told so. */
  searchAttributes: boolean;
};
