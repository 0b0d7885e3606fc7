/** A base that no network knows: stands for the folder of a definition where addresses are read. */
const BESIDE = 'file:///';

/**
 * Path of a file beside the definition that an address names (DSL "External Resource"), or undefined for an address of
 * the network: one without a scheme, `resources/orders.proto`, or with `file:`. `file://app/greet.proto` takes "app" for a
 * host; for a definition it is a folder beside it. No path leads out of the folder.
 */
export function pathBeside(uri: string): string | undefined {
  const path = uri.startsWith('file:') ? uri.slice('file:'.length) : URL.canParse(uri) ? undefined : uri;
  if (path === undefined) return undefined;
  return decodeURI(new URL(path.replace(/^\/+/, ''), BESIDE).pathname.slice(1));
}

/** The whole address of what another resource names, such as an import; undefined where it is none. */
export function addressFrom(reference: string, from: string): string | undefined {
  const path = pathBeside(from);
  return URL.parse(reference, path === undefined ? from : BESIDE + path)?.href;
}
