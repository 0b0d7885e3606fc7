import type { FormRunner, Target } from '../bots/forms/index.ts';
import type { FileContent } from '../core/model/artefact.ts';
import type { FormDefinition } from '../core/forms/form.ts';
import { formCheck } from '../core/catalogue/form-check.ts';
import { formFill } from '../core/catalogue/form-fill.ts';
import type { CallInfo } from '../core/model/call.ts';
import { activity, type ActivityContext } from './activity.ts';
import { type ArtefactSink, storeAll, withEvidence } from './evidence.ts';

/** A target of the settings with its secrets resolved. */
export type ResolvedTarget = Target;

export type FormDependencies = {
  runner: FormRunner;
  /** The target of that name, where the department of the caller may use it. */
  target: (name: string, call: CallInfo) => Promise<ResolvedTarget>;
  /** The form of that name beside the definition that the run was started with. */
  form: (hash: string, name: string) => Promise<FormDefinition>;
  artefacts: ArtefactSink & { get(id: string): Promise<FileContent> };
};

/** `form.fill` and `form.check`: a form of a legacy application, filled once with its proof, or only looked at. */
export function createFormActivities(dependencies: FormDependencies) {
  const { runner, artefacts } = dependencies;
  return {
    [formFill.name]: activity(formFill, async (args, context) => {
      const { key, values } = args;
      const work = async () => {
        const fileOf = (id: string): Promise<FileContent> => artefacts.get(id);
        return runner.run({ ...(await described(dependencies, args, context)), key, values, fileOf, context });
      };
      const result = await withEvidence(artefacts, work);
      return { ...result, proof: await storeAll(artefacts, result.proof) };
    }),
    [formCheck.name]: activity(formCheck, async (args, context) => {
      const key = formCheck.name;
      const work = async () =>
        runner.visit({ ...(await described(dependencies, args, context)), key, values: {}, context });
      const { fields, proof } = await withEvidence(artefacts, work);
      const ok = fields.every(({ state }) => state === 'holds' || state === 'unseen');
      return { ok, fields, proof: await storeAll(artefacts, proof) };
    }),
  };
}

/** The form as the run's definition has it, and its target. */
async function described(
  { form, target }: FormDependencies,
  args: { form: string; target?: string | undefined },
  { call }: ActivityContext,
): Promise<{ form: FormDefinition; target: Target }> {
  const definition = await form(call.definition.hash, args.form);
  return { form: definition, target: await target(args.target ?? definition.target.name, call) };
}
