import { rolldown } from 'rolldown';

/** One script that puts the exports of a module into the global `name`, for a context without modules. */
export async function build(entry: string, name: string): Promise<string> {
  const bundle = await rolldown({ input: entry });
  const { output } = await bundle.generate({ format: 'iife', name });
  return output[0].code;
}
