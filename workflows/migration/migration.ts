import { makeContinueAsNewFunc } from '@temporalio/workflow';
import type { AutomationInput, MigrateRequest } from '../../core/model/run.ts';
import { pack, unpack } from '../run/handover.ts';
import type { Run } from '../run/place.ts';
import type { RunState } from '../run/state.ts';
import { CannotMove, moveState } from './move.ts';

/** A run on its way into another version of its definition: an operator asked, and the run has agreed. */
export class Migration {
  readonly #run: Run;
  #request: MigrateRequest | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /**
   * Validator of the update `migrate`.
   * @throws an error that says why this run cannot be moved, or not now
   */
  check({ definition }: MigrateRequest): void {
    const { document } = this.#run.definition;
    const { namespace, name } = definition.document;
    if (namespace !== document.namespace || name !== document.name) {
      throw new CannotMove(`the run is of ${document.namespace}/${document.name}, not of ${namespace}/${name}`);
    }
    if (this.#run.pace.busy > 0) {
      throw new CannotMove(
        'it is in the middle of a call, or waiting for a person: move it when it is parked or waiting for an event',
      );
    }
    this.#movedState(definition);
  }

  /** Handler of the update, after {@link check}: the run stands still and goes on in the other version. */
  accept(request: MigrateRequest): void {
    this.#request = request;
    this.#run.pace.drain();
  }

  /** Continues in the other version; undefined where nobody asked for that. */
  continuation(args: AutomationInput): Promise<never> | undefined {
    const request = this.#request;
    if (!request) return undefined;
    const { definition, hash } = request;
    const { namespace, name, version } = definition.document;
    const again = makeContinueAsNewFunc<(input: AutomationInput) => Promise<unknown>>({
      memo: { title: `${namespace}/${name}`, version },
    });
    return again({ ...args, definition, hash, input: null, resume: pack(this.#movedState(definition)) });
  }

  #movedState(definition: AutomationInput['definition']): RunState {
    const state = unpack(pack(this.#run.state)) as RunState;
    moveState(this.#run.definition, definition, state);
    return { ...state, unsubscribed: true };
  }
}
