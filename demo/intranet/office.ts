import type { Fields } from './charset.ts';
import type { FaultBox } from './faults.ts';
import type { Register } from './register.ts';
import type { Sessions } from './sessions.ts';

/** What the pages need. */
export type Office = { register: Register; sessions: Sessions; faults: FaultBox; now: () => Date };

/** One page of a user who is logged in: gets the form's (or the query's) fields. */
export type Page = (request: { user: string; fields: Fields }) => Promise<Response> | Response;

/** Registers one page for GET and POST behind the login. */
export type AddPage = (path: string, handler: Page) => void;
