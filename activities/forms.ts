import type { FormRunner } from '../bots/forms/index.ts';
import type { FormDefinition } from '../definitions/forms/form.ts';
import { formCheck } from '../definitions/functions/form-check.ts';
import { formFill } from '../definitions/functions/form-fill.ts';
import { activity } from './activity.ts';
import { type ArtefactSink, storeAll, withEvidence } from './evidence.ts';

/** A target of the settings with its secrets resolved. */
export type ResolvedTarget = { url: string; user?: string | undefined; password?: string | undefined };

export type FormDependencies = {
  runner: FormRunner;
  target: (name: string) => Promise<ResolvedTarget>;
  /** The form of that name beside the definition that the run was started with. */
  form: (hash: string, name: string) => Promise<FormDefinition>;
  artefacts: ArtefactSink;
};

/** `form.fill`: a form of a legacy application, filled once, with its proof. */
export function createFormActivities(dependencies: FormDependencies) {
  const { runner, target, form, artefacts } = dependencies;
  return {
    [formFill.name]: activity(formFill, async (args, context) => {
      const definition = await form(context.call.definition.hash, args.form);
      const result = await withEvidence(artefacts, async () =>
        runner.run({
          form: definition,
          target: await target(args.target ?? definition.target.name),
          key: args.key,
          values: args.values,
          context,
        }),
      );
      return { ...result, proof: await storeAll(artefacts, result.proof) };
    }),
    [formCheck.name]: activity(formCheck, async (args, context) => {
      const definition = await form(context.call.definition.hash, args.form);
      const { fields, proof } = await withEvidence(artefacts, async () =>
        runner.visit({
          form: definition,
          target: await target(args.target ?? definition.target.name),
          key: formCheck.name,
          values: {},
          context,
        }),
      );
      const ok = fields.every(({ state }) => state === 'holds' || state === 'unseen');
      return { ok, fields, proof: await storeAll(artefacts, proof) };
    }),
  };
}
