import type { WorkflowDefinition } from '../language/types.ts';
import { usesOf } from './definition-uses.ts';

/** Functions that book or pay: what a definition does with them is money. */
const MOVES_MONEY = /^(?:ledger\.(?:post|reverse|pay)|payment\..+)$/;

/** Whether a second person must look at this definition before it is deployed, by the settings. */
export function needsFourEyes(rule: 'payments' | 'always' | 'never', definition: WorkflowDefinition): boolean {
  if (rule !== 'payments') return rule === 'always';
  return usesOf(definition).some(({ kind, name }) => kind === 'functions' && MOVES_MONEY.test(name ?? ''));
}
