import { applicationException } from '../../core/model/problem.ts';
import { sameAddress } from '../../core/model/mail-address.ts';
import type { Proposal } from '../../store/deploy-proposals.ts';
import { deploy, type DeployDependencies, DeployRequest, type DeployResult, requireDepartment } from './deploy.ts';

/** Deploys what somebody else has proposed. Throws for one's own proposal, and for one that is decided. */
export async function confirmProposal(deps: DeployDependencies, id: string): Promise<DeployResult> {
  const { proposal, actor } = await judged(deps, id);
  const request = DeployRequest.parse(proposal.request);
  const result = await deploy({ ...deps, proposes: false }, request);
  if (result.ok && (await deps.store.proposals.decide(id, 'confirmed', actor, new Date()))) {
    await note(deps, actor, 'definition.confirmed', proposal);
  }
  return result;
}

/** Turns a proposal away; whoever proposed may take it back. */
export async function rejectProposal(deps: DeployDependencies, id: string): Promise<void> {
  const proposal = await found(deps, id);
  const { actor = 'bot:cli' } = deps;
  await requireDepartment(deps, proposal.namespace);
  if (!(await deps.store.proposals.decide(id, 'rejected', actor, new Date()))) throw gone();
  await note(deps, actor, 'definition.rejected', proposal);
}

async function judged(deps: DeployDependencies, id: string): Promise<{ proposal: Proposal; actor: string }> {
  const proposal = await found(deps, id);
  const { actor = 'bot:cli' } = deps;
  await requireDepartment(deps, proposal.namespace);
  if (sameAddress(actor, proposal.proposedBy)) {
    await note(deps, actor, 'deploy.refused', proposal);
    throw applicationException('authorization', 'this needs a second person: you have proposed it yourself');
  }
  return { proposal, actor };
}

async function found({ store }: DeployDependencies, id: string): Promise<Proposal> {
  const proposal = (await store.proposals.open()).find((one) => one.id === id);
  if (proposal) return proposal;
  throw gone();
}

function gone() {
  return applicationException('runtime', 'nobody waits for this any more: it is decided, or was never proposed', {
    status: 404,
  });
}

function note({ store }: DeployDependencies, actor: string, action: string, proposal: Proposal): Promise<unknown> {
  const { namespace, name, version, hash, proposedBy } = proposal;
  return store.audit.append({ actor, action, details: { namespace, name, version, hash, proposedBy } });
}
