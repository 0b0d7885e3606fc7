import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import { failureConverterPath } from './keys/data-converter.ts';

const workflowsPath = fileURLToPath(new URL('../workflows/automation.ts', import.meta.url));

const workflowInterceptorModules = [fileURLToPath(new URL('../workflows/refuse-clear.ts', import.meta.url))];

/** Bundles the workflow code once; every worker of a process shares it. */
export function bundleWorkflows(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules,
    failureConverterPath,
    logger: new DefaultLogger('WARN'),
  });
}
