import { z } from 'zod';

/** What a person may do. `admin` may do everything that the others may, and manage people and tokens. */
export const Role = z.enum(['author', 'operator', 'approver', 'auditor', 'admin']);
export type Role = z.infer<typeof Role>;
