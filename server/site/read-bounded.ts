import { applicationException } from '../../core/model/problem.ts';

/** The body of a request, read as it comes and no further than its bound. Throws a problem of status 413. */
export async function readBounded(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () => applicationException('validation', `the request has more than ${most} bytes`, { status: 413 });
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
