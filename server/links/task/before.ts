import type { Site } from '../../site/context.ts';
import type { FieldsState } from '../../site/fields-view.ts';
import type { Visit } from '../request-state.ts';

/** What the person has handed in so far, and could not finish. */
export async function typedBefore(site: Site, { link, person }: Visit): Promise<FieldsState> {
  const drafts = await site.store.drafts.of(link.approval);
  const own = drafts.find(({ approver }) => approver === person.approver.toLowerCase())?.form;
  const kept = own as Pick<FieldsState, 'typed' | 'files'> | null | undefined;
  return { typed: kept?.typed ?? {}, files: kept?.files ?? {}, problems: new Map() };
}
