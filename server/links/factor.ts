import { Secret, TOTP } from 'otpauth';
import type { Factor } from '../../core/model/approval.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { Site } from '../site/context.ts';
import type { Visit } from './request-state.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** RFC 6238, section 5.2: one step back and forth, for clocks that differ and for the time it takes to type. */
const WINDOW_STEPS = 1;
const STEP_SECONDS = 30;

export type FactorVerdict = 'right' | 'wrong' | 'used-up' | 'none' | 'locked';

/** Which second factor a person has: an authenticator where the settings name its secret, else a code by mail. */
export function factorOf({ settings }: Site, email: string): Factor {
  return settings.people.some((person) => sameAddress(person.email, email) && person.authenticator)
    ? 'authenticator'
    : 'mail-code';
}

/** Tries a code. Tries are counted in the store, so that neither a restart nor many browsers give more of them. */
export async function checkFactor(site: Site, visit: Visit, code: string): Promise<FactorVerdict> {
  const { link, person } = visit;
  const digits = code.replace(/\s/g, '');
  const of = { approval: link.approval, round: link.round, approver: person.approver };
  if (factorOf(site, person.approver) === 'mail-code') {
    return /^\d{6}$/.test(digits) ? site.store.codes.check(of, digits, site.clock()) : 'wrong';
  }
  if (!(await site.store.codes.countTry(of))) return 'locked';
  const step = await matchingStep(site, person.approver, digits);
  return step !== undefined && (await site.store.codes.useStep(person.approver, step)) ? 'right' : 'wrong';
}

/** The time step whose code this is. */
async function matchingStep(site: Site, email: string, digits: string): Promise<number | undefined> {
  const name = site.settings.people.find((person) => sameAddress(person.email, email))?.authenticator;
  if (name === undefined || !site.secret) {
    throw applicationException('configuration', `the server has no secret of the authenticator of ${email}`);
  }
  const totp = new TOTP({ secret: Secret.fromBase32(await site.secret(name)), period: STEP_SECONDS });
  const timestamp = site.clock().getTime();
  const delta = totp.validate({ token: digits, timestamp, window: WINDOW_STEPS });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
}
