import { z } from 'zod';
import { HostPattern } from './calls.ts';
import { SecretName } from './secret-name.ts';

/** Names as they are written elsewhere in the settings; `*` stands for any letters. */
const Names = z.array(z.string().min(1)).default([]);

/** What a department owns. What is listed for several departments belongs to each of them. */
const Owned = {
  secrets: z
    .record(SecretName, z.array(HostPattern).min(1, 'name the hosts that this secret may be sent to'))
    .default({})
    .describe('Secrets, each with the hosts that it may be sent to'),
  mailboxes: Names.describe('Mailboxes in these settings whose mails it may receive and file'),
  places: Names.describe('Places in these settings: the files in them, and files dropped there'),
  sheets: Names.describe('Files in the folder of sheets'),
  ledgers: Names.describe('Ledgers in these settings'),
  targets: Names.describe('Targets in these settings'),
  events: Names.describe('Sources of events that it may receive and emit'),
  functions: Names.describe('Functions that only departments listing them may call, such as ledger.post'),
  definitions: Names.describe('Definitions of other departments that it may run, as department/name'),
  hosts: z.array(HostPattern).default([]).describe('Hosts that its calls may reach besides calls.hosts'),
};

export const DepartmentSettings = z.strictObject(Owned);
export type DepartmentSettings = z.infer<typeof DepartmentSettings>;

/** What departments own, by their names: the namespaces of definitions. */
export const Departments = z.record(z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/), DepartmentSettings);
export type Departments = z.infer<typeof Departments>;
