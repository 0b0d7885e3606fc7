import { pathBeside } from '../../file-beside.ts';
import type { Finding } from '../../finding.ts';
import { isObject } from '../../schema/choose.ts';
import { suggestion } from '../../suggest.ts';
import { type Context, tellAt } from '../context.ts';
import type { Path } from '../walk.ts';

/** Where the DSL has an external resource. */
const RESOURCES = new Set(['document', 'proto', 'agentCard', 'source', 'resource']);

/** Documents, protos, scripts and schemas that are to lie beside the definition and do not. */
export function checkResources(context: Context): Finding[] {
  const { files } = context;
  if (!files) return [];
  const names = Object.keys(files);
  return context.places.flatMap(({ path, task }) =>
    resourcesIn(task, path).flatMap(({ at, uri }) => {
      const file = pathBeside(uri);
      if (file === undefined || names.includes(file)) return [];
      const hint = suggestion(file, names) ?? `put the file there: ${file}`;
      return [tellAt(context, at, { rule: 'reference/file', message: `no file ${file} beside the definition`, hint })];
    }),
  );
}

type Resource = { at: Path; uri: string };

/** Literal addresses of resources, at any depth of one task; the tasks inside it are places of their own. */
function resourcesIn(value: unknown, path: Path): Resource[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    if (RESOURCES.has(key) && isObject(item) && 'endpoint' in item)
      return literal(item['endpoint'], [...at, 'endpoint']);
    return resourcesIn(item, at);
  });
}

function literal(endpoint: unknown, at: Path): Resource[] {
  const uri = isObject(endpoint) ? endpoint['uri'] : endpoint;
  // Templates and expressions are known when the run is there.
  if (typeof uri !== 'string' || uri.includes('{')) return [];
  return [{ at: isObject(endpoint) ? [...at, 'uri'] : at, uri }];
}
