import type { ApiParts } from '../parts.ts';
import type { AnyOperation } from '../operation.ts';
import { artefactOperations } from './artefacts.ts';
import { auditOperations } from './audit.ts';
import { definitionOperations } from './definitions.ts';
import { mailOperations } from './mail.ts';
import { peopleOperations } from './people.ts';
import { queueOperations } from './queues.ts';
import { readingOperations } from './readings.ts';
import { runOperations } from './runs.ts';
import { taskOperations } from './tasks.ts';
import { tokenOperations } from './tokens.ts';

/** Every operation of the API. */
export function operations(parts: ApiParts): AnyOperation[] {
  return [
    ...definitionOperations(parts),
    ...runOperations(parts),
    ...artefactOperations(parts),
    ...queueOperations(parts),
    ...taskOperations(parts),
    ...mailOperations(parts),
    ...readingOperations(parts),
    ...auditOperations(parts),
    ...peopleOperations(parts),
    ...tokenOperations(parts),
  ];
}
