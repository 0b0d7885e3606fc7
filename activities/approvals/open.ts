import { createHash } from 'node:crypto';
import { isSubject } from '../../core/model/about.ts';
import type { OpenApproval, OpenedApproval, Round } from '../../core/model/approval-plan.ts';
import type { NamesOf } from '../../core/model/names.ts';
import { businessException } from '../../core/model/problem.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { resolvePeople } from './resolve-people.ts';
import type { Asked } from './rules.ts';
import { isAbove, whoIsAsked } from './rules.ts';
import { after } from './working-time.ts';

/** 128 bits: no two calls share an id, and none can be guessed. */
const ID_BYTES = 16;
/** A link names its round in two digits; nobody waits for so many people one after another. */
const MAX_ROUNDS = 99;

type OpenSettings = Pick<Settings, 'people' | 'roles' | 'holidays' | 'timeZone'>;

const idOf = (name: Uint8Array): string => `apr_${Buffer.from(name.subarray(0, ID_BYTES)).toString('base64url')}`;

/**
 * Ids that a request of this call may have, the one for a new request first: outsiders, who may know or guess runs and
 * tasks, cannot work it out. The last is what earlier releases made of the call alone.
 */
export function approvalIds(key: string, namesOf: NamesOf): [string, ...string[]] {
  const [current, ...earlier] = namesOf(key);
  return [idOf(current), ...earlier.map(idOf), idOf(createHash('sha256').update(key).digest())];
}

/**
 * Works out who is asked in which round and until when. Throws a business exception where nobody may decide, where more
 * must approve than there are, or where a second approval is due and no second person is named.
 */
export function planApproval(
  request: OpenApproval,
  approval: string,
  { gone = [], ...settings }: OpenSettings & { gone?: readonly string[] },
  now: Date,
): OpenedApproval {
  // Four eyes are for decisions: whoever asked for something may well have to do the next thing.
  const requesters =
    request.kind === 'task' ? [] : [request.requester, isSubject(request.about) ? request.about.requester : undefined];
  const barred = resolvePeople(
    requesters.filter((name) => name !== undefined),
    settings,
  );
  const asked = whoIsAsked(request);
  // Whoever was removed is asked nothing, though a role or rule may still name them.
  const out = [...barred, ...gone];
  const rounds = firstRounds(asked, out, settings);
  if (isAbove(request.about, request.twoAbove)) {
    rounds.push(secondRound(request, asked, rounds.length + 1, out, settings));
  }
  checkDistinct(rounds);
  if (rounds.length > MAX_ROUNDS) {
    throw businessException('too-many-approvers', `${rounds.length} people in order are more than ${MAX_ROUNDS}`);
  }
  const escalation = request.escalateTo.length > 0 ? without(resolvePeople(request.escalateTo, settings), out) : [];
  return {
    approval,
    rounds,
    barred,
    ...(escalation.length > 0 && { escalation }),
    ...(isAbove(request.about, request.codeAbove) && { codeNeeded: true }),
    ...(request.changes.length > 0 && { changes: request.changes }),
    expiresAt: after(now, request.expire, { country: settings.holidays, timeZone: settings.timeZone }).toISOString(),
  };
}

/** Everybody in one round, or one round for each person and role in their order. */
function firstRounds(asked: Asked, barred: string[], settings: OpenSettings): Round[] {
  const groups = asked.inOrder ? asked.approvers.map((name) => [name]) : [asked.approvers];
  return groups.map((from, i) => {
    const approvers = without(resolvePeople(from, settings), barred);
    if (approvers.length === 0) {
      throw businessException('nobody-may-approve', 'the requester may not approve, and no other approver is named');
    }
    const need = asked.need === 'all' ? approvers.length : asked.need;
    if (need !== undefined && need > approvers.length) {
      throw businessException(
        'too-few-approvers',
        `${need} must approve, but without the requester only ${approvers.length} may: name more approvers or require fewer`,
      );
    }
    return { round: i + 1, approvers, ...(need !== undefined && need > 1 && { need }), from };
  });
}

function secondRound(request: OpenApproval, asked: Asked, round: number, barred: string[], settings: OpenSettings) {
  const from = request.second.length > 0 ? request.second : asked.approvers;
  return { round, approvers: without(resolvePeople(from, settings), barred), from };
}

/** Whoever decides an earlier round, enough others must be left for a later one: nobody approves twice. */
function checkDistinct(rounds: readonly Round[]): void {
  rounds.forEach(({ approvers, need = 1 }, i) => {
    const earlier = rounds.slice(0, i).map((before) => ({
      need: before.need ?? 1,
      both: approvers.filter((email) => without([email], before.approvers).length === 0),
    }));
    const taken = earlier.reduce((sum, { need: most, both }) => sum + Math.min(most, both.length), 0);
    if (approvers.length - taken >= need) return;
    const who = earlier.flatMap(({ both }) => both)[0] ?? 'the requester';
    throw businessException(
      'no-second-approver',
      `approval ${i + 1} must come from a different person, and after ${who} nobody is left: name more people under "approvers" or "second"`,
    );
  });
}

function without(emails: readonly string[], others: readonly string[]): string[] {
  const out = new Set(others.map((email) => email.toLowerCase()));
  return emails.filter((email) => !out.has(email.toLowerCase()));
}
