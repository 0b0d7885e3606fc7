import protobuf from 'protobufjs';
import { applicationException } from '../../../core/model/problem.ts';
import { errorText } from '../../../core/model/errors.ts';

/** Files of one service with all that they import; more is a circle or not meant for one call. */
const MAX_FILES = 50;

/**
 * Imports that hold only options for other generators (HTTP mappings, documentation): nothing on the wire depends on
 * them, and they lie in no author's folder.
 */
const OPTIONS_ONLY = /^google\/(api\/(annotations|client|field_behavior|resource)|protobuf\/descriptor)\.proto$/;

/** Reads the text of a proto by its address. */
export type ReadProto = (uri: string) => Promise<string>;
/** The address of an import, seen from the file that names it. */
export type ResolveImport = (reference: string, from: string) => string;

/**
 * The method of a service that a proto file describes, with the types of its messages. Imports are read from beside the
 * file that names them; Google's well-known types need no reading. Throws a problem of type `configuration`.
 */
export async function loadMethod(
  uri: string,
  { service, method }: { service: string; method: string },
  read: ReadProto,
  resolve: ResolveImport,
): Promise<protobuf.Method> {
  const root = await loadRoot(uri, read, resolve);
  const found = attempt(uri, () => {
    root.resolveAll();
    return root.lookup(service, [protobuf.Service]);
  });
  if (!(found instanceof protobuf.Service)) {
    throw refuse(`${uri} has no service "${service}"; it has ${servicesOf(root).join(', ') || 'none'}`);
  }
  const known = found.methods[method];
  if (known) return known;
  throw refuse(`service ${service} has no method "${method}"; it has ${Object.keys(found.methods).join(', ')}`);
}

async function loadRoot(uri: string, read: ReadProto, resolve: ResolveImport): Promise<protobuf.Root> {
  const root = new protobuf.Root();
  const known = new Set<string>();
  const open = [uri];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (known.has(next)) continue;
    known.add(next);
    if (known.size > MAX_FILES) throw refuse(`${uri} imports more than ${MAX_FILES} files`);
    const from = next;
    const text = await read(from);
    const { imports = [], weakImports = [] } = attempt(from, () => protobuf.parse(text, root));
    for (const name of [...imports, ...weakImports]) {
      const common = protobuf.common.get(name);
      if (common?.nested) root.addJSON(common.nested);
      else if (!OPTIONS_ONLY.test(name)) open.push(resolve(name, from));
    }
  }
  return root;
}

/** What the parser and the resolver say about a wrong file is the author's to mend. */
function attempt<T>(uri: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const said = errorText(error);
    throw applicationException('configuration', `${uri} is not a proto file that can be used: ${said}`, {
      cause: error,
    });
  }
}

function servicesOf(space: protobuf.NamespaceBase): string[] {
  return space.nestedArray.flatMap((item) => {
    if (item instanceof protobuf.Service) return [item.fullName.slice(1)];
    return item instanceof protobuf.Namespace ? servicesOf(item) : [];
  });
}

function refuse(detail: string) {
  return applicationException('configuration', detail);
}
