import type { FormDefinition } from '../core/forms/form.ts';
import { loadForm } from '../core/forms/load.ts';
import { applicationException } from '../core/model/problem.ts';
import type { Deployed } from '../store/definitions.ts';

/** Files of deployed definitions: forms and mail texts, as they were when that definition was deployed. */
export function createDefinitionFiles(definitions: { byHash(hash: string): Promise<Deployed | undefined> }) {
  async function text(hash: string, path: string): Promise<string | undefined> {
    const files = (await definitions.byHash(hash))?.files ?? {};
    return Object.hasOwn(files, path) ? files[path] : undefined;
  }
  return {
    text,
    async form(hash: string, name: string): Promise<FormDefinition> {
      const path = `forms/${name}.yaml`;
      const source = await text(hash, path);
      if (source !== undefined) return loadForm(source, path);
      throw applicationException(
        'configuration',
        `the definition has no form ${path}. To fix: add that file and deploy again`,
      );
    },
  };
}
