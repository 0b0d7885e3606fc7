import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Passkey } from '../../store/passkeys.ts';
import type { Site } from '../site/context.ts';
import type { PageToken } from '../site/tokens.ts';

/** Time to set up a passkey before the page must be opened anew. */
const SET_UP_MS = 10 * 60 * 1000;
/** What a browser hands over is some kilobytes. */
const MAX_RESPONSE_LENGTH = 64 * 1024;
/** Who signs, and the link that they signed under. */
type Signing = { link: { token: string }; person: { approver: string } };

const PURPOSE = 'set up a passkey';

const Credential = z.looseObject({ id: z.string(), rawId: z.string(), response: z.looseObject({}), type: z.string() });
const SetUp = z.object({ challenge: z.string(), person: z.string(), until: z.number() });

/** Passkeys need https, or a server on the same machine (W3C Secure Contexts). */
export function passkeysWork({ settings }: Pick<Site, 'settings'>): boolean {
  const { protocol, hostname } = new URL(settings.publicUrl);
  return protocol === 'https:' || hostname === 'localhost';
}

/** What the browser needs to make a passkey, and a sealed token that the answer must come back with. */
export async function setUpOptions(
  site: Site,
  person: { email: string; name: string },
  existing: readonly Passkey[],
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; token: string }> {
  const options = await generateRegistrationOptions({
    rpName: site.settings.company.name,
    rpID: relyingParty(site),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: 'none',
    excludeCredentials: existing.map(descriptor),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
  const until = site.clock().getTime() + SET_UP_MS;
  const sealed = JSON.stringify({ challenge: options.challenge, person: person.email, until });
  return { options, token: site.tokens.seal(PURPOSE, sealed) };
}

/** The passkey that a browser has made; undefined where its answer does not fit the page that asked for it. */
export async function readSetUp(
  site: Site,
  email: string,
  token: string,
  response: string,
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'> | undefined> {
  const opened = site.tokens.open(PURPOSE, token);
  const setUp = opened === undefined ? undefined : SetUp.parse(JSON.parse(opened));
  const credential = credentialIn(response);
  if (!credential || setUp?.person !== email || setUp.until <= site.clock().getTime()) return undefined;
  const verified = await quietly(site, () =>
    verifyRegistrationResponse({
      response: credential as unknown as RegistrationResponseJSON,
      expectedChallenge: setUp.challenge,
      ...expected(site),
    }),
  );
  if (!verified?.verified) return undefined;
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
}

/**
 * What the browser needs to sign for one decision. The challenge is made of link and page: a signature counts for this
 * approval, this person and this page alone, and nothing has to be remembered.
 */
export async function signOptions(
  site: Site,
  signing: Signing,
  page: PageToken,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const keys = await site.store.passkeys.of(signing.person.approver);
  return generateAuthenticationOptions({
    rpID: relyingParty(site),
    challenge: Uint8Array.from(Buffer.from(challengeOf(site, signing, page), 'base64url')),
    allowCredentials: keys.map(descriptor),
    userVerification: 'required',
  });
}

/** True where a passkey of the person has signed for this very page. */
export async function isSigned(site: Site, signing: Signing, page: PageToken, response: string): Promise<boolean> {
  const credential = credentialIn(response);
  const keys = await site.store.passkeys.of(signing.person.approver);
  const key = keys.find(({ id }) => id === credential?.id);
  if (!credential || !key) return false;
  const verified = await quietly(site, () =>
    verifyAuthenticationResponse({
      response: credential as unknown as AuthenticationResponseJSON,
      expectedChallenge: challengeOf(site, signing, page),
      credential: {
        id: key.id,
        publicKey: Uint8Array.from(Buffer.from(key.publicKey, 'base64url')),
        counter: key.counter,
      },
      ...expected(site),
    }),
  );
  return (
    verified?.verified === true &&
    (await site.store.passkeys.used(key.id, verified.authenticationInfo.newCounter, site.clock()))
  );
}

function challengeOf({ tokens }: Site, { link }: Signing, { nonce }: PageToken): string {
  return tokens.digest('passkey', `${link.token} ${nonce}`);
}

function relyingParty({ settings }: Site): string {
  return new URL(settings.publicUrl).hostname;
}

function expected(site: Site) {
  const expectedOrigin = new URL(site.settings.publicUrl).origin;
  return { expectedOrigin, expectedRPID: relyingParty(site), requireUserVerification: true };
}

function descriptor({ id, transports }: Passkey) {
  return { id, transports: transports as AuthenticatorTransport[] };
}

function credentialIn(response: string): z.infer<typeof Credential> | undefined {
  if (response.length > MAX_RESPONSE_LENGTH) return undefined;
  try {
    return Credential.parse(JSON.parse(response));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** The library throws whatever does not fit: to the person it is all the same, the log has the reason. */
async function quietly<T>(site: Site, verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch (error) {
    site.log('a passkey was refused', error);
    return undefined;
  }
}
