import { randomUUID } from 'node:crypto';
import type { Actor } from '../../intake/decisions.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { sameAddress } from '../../core/model/mail-address.ts';
import type { Store } from '../../store/index.ts';
import type { WaitingTask } from '../../store/tasks.ts';
import type { FindPerson } from './members.ts';

/** Time for a hand-over to reach its run. */
const WITHIN_MS = 60_000;

export type LeaveParts = {
  store: Pick<Store, 'approvals' | 'substitutes' | 'tasks'>;
  /** Before the person is removed: their acts count no more after it. */
  act: Actor;
  find: FindPerson;
  settings: Pick<Settings, 'roles' | 'timeZone'>;
  now: Date;
};

/** What became of the open seats of somebody who left. */
export type Left = {
  handedOn: { approval: string; to: string }[];
  /** Nobody stands in: reminders to others, escalation and expiry of the approval go on. */
  vacant: string[];
};

/**
 * Hands every open seat of a person to whoever stands in for them today, else to somebody of the roles that were asked.
 * The run judges as for any hand-over, and mails whoever takes over.
 */
export async function handOnSeats(parts: LeaveParts, email: string): Promise<Left> {
  const left: Left = { handedOn: [], vacant: [] };
  for (const task of await parts.store.tasks.waitingFor(email)) {
    const to = await takeOver(parts, task, email);
    if (to === undefined) left.vacant.push(task.approval);
    else left.handedOn.push({ approval: task.approval, to });
  }
  return left;
}

async function takeOver(parts: LeaveParts, task: WaitingTask, email: string): Promise<string | undefined> {
  const { approval, round, approver } = task;
  const run = (await parts.store.approvals.find(approval))?.approval.run;
  if (run === undefined) return undefined;
  const page = { expiresAt: new Date(parts.now.getTime() + WITHIN_MS).toISOString() };
  for (const to of await candidates(parts, task, email)) {
    const order = { act: 'delegate' as const, approval, round, approver, to, page };
    const { verdict } = await parts.act(run, order, `${approval}/${round}/left-${randomUUID()}`);
    if (verdict === 'recorded' || verdict === 'accepted') return to;
  }
  return undefined;
}

/** Substitutes of today first, then others of the roles that this round was asked by. */
async function candidates({ store, find, settings, now }: LeaveParts, task: WaitingTask, email: string) {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: settings.timeZone, dateStyle: 'short' }).format(now);
  const rounds = (await store.approvals.find(task.approval))?.approval.rounds ?? [];
  const { from = [], approvers = [] } = rounds.find(({ round }) => round === task.round) ?? {};
  const members = from.flatMap((name) => (Object.hasOwn(settings.roles, name) ? (settings.roles[name] ?? []) : []));
  const fresh = members.filter((member) => !approvers.some((asked) => sameAddress(asked, member)));
  const people = [...(await store.substitutes.on(email, day)), ...fresh].filter((one) => !sameAddress(one, email));
  const known = await Promise.all(people.map(async (one) => ((await find(one)) ? [one] : [])));
  return [...new Set(known.flat())];
}
