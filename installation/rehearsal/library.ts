import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import type { LoadedDefinition } from '../../core/language/load.ts';
import type { Library } from './answers.ts';

const Wanted = z.object({ namespace: z.string(), name: z.string(), version: z.string().optional() });

/** The definitions that are rehearsed together, for those that one of them runs (`run: workflow`). */
export function libraryOf(definitions: readonly LoadedDefinition[]): Library {
  return (wanted) => {
    const { namespace, name, version } = Wanted.parse(wanted);
    const found = definitions.find(({ definition: { document } }) => {
      const isVersion = version === undefined || version === 'latest' || version === document.version;
      return document.namespace === namespace && document.name === name && isVersion;
    });
    if (found) return { definition: found.definition, hash: found.hash };
    throw applicationException('configuration', `${namespace}/${name} is not among the definitions given`);
  };
}
