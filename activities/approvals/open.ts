import { createHash } from 'node:crypto';
import { Big } from 'big.js';
import type { OpenApproval, OpenedApproval } from '../../definitions/model/approval.ts';
import type { Invoice } from '../../definitions/model/invoice.ts';
import { parseMoney } from '../../definitions/model/money.ts';
import { businessException } from '../../definitions/model/problem.ts';
import type { Settings } from '../../definitions/settings.ts';
import { resolvePeople } from './people.ts';
import { after } from './working-time.ts';

/** 128 bits: no two calls share an id, and none can be guessed. */
const ID_BYTES = 16;

type OpenSettings = Pick<Settings, 'people' | 'roles' | 'holidays' | 'timeZone'>;

/**
 * Works out who is asked in which round and until when. Throws a business exception where nobody may decide, or where a
 * second approval is due and no second person is named.
 */
export function planApproval(request: OpenApproval, key: string, settings: OpenSettings, now: Date): OpenedApproval {
  const barred = request.requester === undefined ? [] : resolvePeople([request.requester], settings);
  const first = without(resolvePeople(request.approvers, settings), barred);
  if (first.length === 0) {
    throw businessException('nobody-may-approve', 'the requester may not approve, and nobody else is named to do it');
  }
  const rounds = [{ round: 1, approvers: first }];
  if (needsSecond(request.about, request.twoAbove)) {
    rounds.push({ round: 2, approvers: secondPeople(request, first, barred, settings) });
  }
  return {
    approval: `apr_${createHash('sha256').update(key).digest().subarray(0, ID_BYTES).toString('base64url')}`,
    rounds,
    barred,
    expiresAt: after(now, request.expire, { country: settings.holidays, timeZone: settings.timeZone }).toISOString(),
  };
}

/** Above the limit. An unknown gross and another currency cannot be compared, so they count as above. */
export function needsSecond(invoice: Invoice, twoAbove: string | undefined): boolean {
  if (twoAbove === undefined) return false;
  const limit = parseMoney(twoAbove);
  const gross = invoice.totals.gross;
  if (gross === undefined || invoice.currency !== limit.currency) return true;
  return new Big(gross).abs().gt(limit.amount);
}

function secondPeople(request: OpenApproval, first: string[], barred: string[], settings: OpenSettings): string[] {
  const named = request.second.length > 0 ? request.second : request.approvers;
  const people = without(resolvePeople(named, settings), barred);
  // Whoever is first, someone else must be left for the second round.
  const stuck = first.find((email) => without(people, [email]).length === 0);
  if (stuck !== undefined) {
    throw businessException(
      'no-second-approver',
      `above ${request.twoAbove} a second, different person must approve, and after ${stuck} nobody is left: name one under "second"`,
    );
  }
  return people;
}

function without(emails: readonly string[], others: readonly string[]): string[] {
  const out = new Set(others.map((email) => email.toLowerCase()));
  return emails.filter((email) => !out.has(email.toLowerCase()));
}
