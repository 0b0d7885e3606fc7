import { z } from 'zod';
import { callApi } from '../api-client.ts';
import { EXIT, type Io, table } from '../io.ts';

const Proposal = z.object({
  ...{ id: z.string(), namespace: z.string(), name: z.string(), version: z.string() },
  ...{ proposedBy: z.string(), proposedAt: z.string() },
});

/** `zaplecze proposals`: definitions that wait for a second person. */
export async function listProposals(options: { json?: boolean }, io: Io): Promise<number> {
  const proposals = z.array(Proposal).parse(await callApi('GET', '/proposals'));
  const rows = proposals.map((one) => [one.id, `${one.namespace}/${one.name}`, one.version, one.proposedBy]);
  io.out(options.json ? JSON.stringify(proposals) : table(['ID', 'DEFINITION', 'VERSION', 'PROPOSED BY'], rows));
  return EXIT.ok;
}

/** `zaplecze proposals confirm ID`, `zaplecze proposals reject ID`. */
export async function decideProposal(id: string, verb: 'confirm' | 'reject', io: Io): Promise<number> {
  const answer = await callApi('POST', `/proposals/${encodeURIComponent(id)}/${verb}`);
  if (z.object({ ok: z.literal(false) }).safeParse(answer).success) {
    io.err('not deployed: it now has errors. Run zaplecze check');
    return EXIT.notOk;
  }
  io.out(verb === 'confirm' ? 'deployed' : 'rejected');
  return EXIT.ok;
}
