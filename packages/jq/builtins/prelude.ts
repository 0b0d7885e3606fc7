import type { FunctionDefinition } from '../syntax/ast.ts';
import { parseDefinition, readTokens } from '../syntax/parser.ts';

/** Builtins that jq itself says best. */
const SOURCE = `
def with_entries(f): to_entries | map(f) | from_entries;
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def in(whole): . as $key | whole | has($key);
def isfinite: type == "number" and (isinfinite | not);
def finites: select(isfinite);
def normals: select(isnormal);
def isvalid(f): try (f | true) catch false;
def leaf_paths: paths(scalars);
def combinations: if length == 0 then [] else .[0][] as $first | (.[1:] | combinations) as $rest | [$first] + $rest end;
def combinations($n): . as $list | [range($n) | $list] | combinations;
def walk(f): def visit: if type == "object" then map_values(visit) elif type == "array" then map(visit) else . end | f; visit;
def fromstream(events): {x: null, done: false} as $start
  | foreach events as $event ($start;
      if .done then $start else . end
      | if $event | length == 2
        then setpath(["done"]; $event[0] | length == 0) | setpath(["x"] + $event[0]; $event[1])
        else setpath(["done"]; $event[0] | length == 1) end;
      if .done then .x else empty end);
def INDEX(stream; key): reduce stream as $row ({}; .[$row | key | tostring] |= $row);
def INDEX(key): INDEX(.[]; key);
def IN(stream): any(stream == .; .);
def IN(source; stream): any(source == stream; .);
def JOIN($index; key): [.[] | [., $index[key]]];
def JOIN($index; stream; key): stream | [., $index[key]];
def JOIN($index; stream; key; join): stream | [., $index[key]] | join;
def debug: .;
def debug(message): .;
def stderr: .;
def env: {};
def inputs: empty;
def input_filename: null;
def have_decnum: false;
def have_literal_numbers: false;
`;

/** The prelude's definitions by "name/arity". */
export const PRELUDE: ReadonlyMap<string, FunctionDefinition> = parsePrelude();

function parsePrelude(): Map<string, FunctionDefinition> {
  const tokens = readTokens(SOURCE);
  const definitions = new Map<string, FunctionDefinition>();
  while (tokens.is('def')) {
    const definition = parseDefinition(tokens);
    definitions.set(`${definition.name}/${definition.parameters.length}`, definition);
  }
  return definitions;
}
