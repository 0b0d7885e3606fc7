import { z } from 'zod';

/** What a person may do. `admin` may do everything that the others may, and manage people and tokens. */
export const Role = z.enum(['author', 'operator', 'approver', 'auditor', 'admin']);
export type Role = z.infer<typeof Role>;
/** What a program may do by the API, by its token. `admin` stands for all. */
export const Scope = z.enum([
  'definitions:read',
  'definitions:write',
  'runs:read',
  'runs:start',
  'runs:operate',
  'tasks:read',
  'tasks:decide',
  'events:write',
  'artefacts:write',
  'audit:read',
  'admin',
]);
export type Scope = z.infer<typeof Scope>;
