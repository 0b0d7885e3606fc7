import { ApplicationFailure, log, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { isRefusedPayload } from '../core/model/refused-payload.ts';

const REFUSED_TYPE = 'zaplecze.unsealed';

/**
 * Turns away what was sent to a workflow by somebody who does not have the keys of the installation: a start fails, an
 * update is refused without a trace in the history, a signal is dropped. The run goes on as if nothing had come.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      async execute(input, next) {
        if (input.args.some(isRefusedPayload)) throw refusal('this run was not started by the installation');
        return next(input);
      },
      async handleSignal(input, next) {
        if (!input.args.some(isRefusedPayload)) return next(input);
        log.warn('a signal in clear was dropped', { signal: input.signalName });
      },
      validateUpdate(input, next) {
        if (input.args.some(isRefusedPayload)) throw refusal('an update in clear does not count');
        next(input);
      },
    },
  ],
});

function refusal(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, REFUSED_TYPE);
}
