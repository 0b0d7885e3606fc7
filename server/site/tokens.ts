import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { LinkClaims, LinkKind } from '../../core/model/approval-links.ts';
import type { Key, KeyRing } from '../../installation/keys/key-ring.ts';

/** A page that was left open longer shows itself again before it decides; what was typed stays. */
export const PAGE_LIFETIME_MS = 2 * 60 * 60 * 1000;
/** 96 bits tell the approvers of one request apart; the signature covers them. */
const PERSON_BYTES = 12;
const NONCE_BYTES = 12;

const LINK = /^(z1|q1|d1)\.([a-z0-9]{1,16})\.([\w-]{8,64})\.([1-9]\d?)\.([\w-]{16})\.(\d{10,11})\.([\w-]{43})$/;
const SEALED = /^s1\.([a-z0-9]{1,16})\.([\w-]{0,4000})\.([\w-]{43})$/;
const PAGE = /^p1\.([a-z0-9]{1,16})\.([\w-]{16})\.(\d{10,11})\.([\w-]{43})$/;

/** The first part of a link's token, by what the link is for: one of one kind is none of another. */
const VERSIONS = { decide: 'z1', answer: 'q1', digest: 'd1' } as const satisfies Record<LinkKind, string>;

/** A link whose signature holds. It may have expired: then it still tells what happened, and decides nothing. */
export type Link = {
  token: string;
  kind: LinkKind;
  approval: string;
  round: number;
  person: string;
  expiresAt: Date;
};

/** A page token whose signature holds and that belongs to its link. */
export type PageToken = { nonce: string; expiresAt: Date };

export type Tokens = {
  signLink(claims: LinkClaims): string;
  /** Undefined for anything but a token of ours, unchanged in every character. */
  readLink(token: string): Link | undefined;
  signPage(link: Link, now: Date): string;
  readPage(link: Link, token: string): PageToken | undefined;
  /** Signs a text for one purpose, such as a cookie; `open` gives it back for that purpose alone, and unchanged. */
  seal(purpose: string, text: string): string;
  open(purpose: string, sealed: string): string | undefined;
  /** A keyed hash of something short, such as a code: whoever reads the database cannot try all of them. */
  digest(purpose: string, text: string): string;
};

/**
 * Tokens signed with HMAC-SHA256 (RFC 2104). A link token lies in a mail and opens one page of one person; a page token
 * lies in that page and is needed to decide. Neither carries a mail address. That a token works once is judged by the
 * run, not here.
 */
export function createTokens(ring: KeyRing): Tokens {
  return {
    signLink: ({ kind = 'decide', approval, round, approver, expiresAt }) =>
      sign(ring.current('links'), 'link', VERSIONS[kind], [
        approval,
        String(round),
        personOf(approver),
        seconds(expiresAt),
      ]),
    readLink: (token) => {
      const [, version = '', keyId = '', approval = '', round = '', person = '', expires = ''] = LINK.exec(token) ?? [];
      if (!holds(ring, keyId, 'link', token)) return undefined;
      const kind = kindOf(version);
      return { token, kind, approval, round: Number(round), person, expiresAt: new Date(Number(expires) * 1000) };
    },
    signPage: (link, now) => {
      const expiresAt = new Date(now.getTime() + PAGE_LIFETIME_MS);
      return sign(ring.current('links'), pagePurpose(link), 'p1', [
        randomBytes(NONCE_BYTES).toString('base64url'),
        seconds(expiresAt),
      ]);
    },
    readPage: (link, token) => {
      const [, keyId = '', nonce = '', expires = ''] = PAGE.exec(token) ?? [];
      if (!holds(ring, keyId, pagePurpose(link), token)) return undefined;
      return { nonce, expiresAt: new Date(Number(expires) * 1000) };
    },
    seal: (purpose, text) =>
      sign(ring.current('links'), `seal ${purpose}`, 's1', [Buffer.from(text).toString('base64url')]),
    open: (purpose, sealed) => {
      const [, keyId = '', text = ''] = SEALED.exec(sealed) ?? [];
      if (!holds(ring, keyId, `seal ${purpose}`, sealed)) return undefined;
      return Buffer.from(text, 'base64url').toString();
    },
    digest: (purpose, text) => mac(ring.current('links'), `digest ${purpose}`, text),
  };
}

/** Names a person inside a link without their mail address. Case does not count. */
export function personOf(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest().subarray(0, PERSON_BYTES).toString('base64url');
}

function kindOf(version: string): LinkKind {
  return version === VERSIONS.answer ? 'answer' : version === VERSIONS.digest ? 'digest' : 'decide';
}

/** A page token is signed over its link, so that it works with no other. */
function pagePurpose(link: Link): string {
  return `page ${link.token}`;
}

function seconds(instant: Date): string {
  return String(Math.floor(instant.getTime() / 1000));
}

function sign(key: Key, purpose: string, version: string, parts: string[]): string {
  const signed = [version, key.id, ...parts].join('.');
  return `${signed}.${mac(key, purpose, signed)}`;
}

function holds(ring: KeyRing, keyId: string, purpose: string, token: string): boolean {
  const key = ring.find('links', keyId);
  if (!key) return false;
  const cut = token.lastIndexOf('.');
  // Compared as text, not as decoded bytes: the last character of base64url has two bits that decoding ignores.
  const expected = Buffer.from(mac(key, purpose, token.slice(0, cut)));
  const given = Buffer.from(token.slice(cut + 1));
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function mac(key: Key, purpose: string, signed: string): string {
  return createHmac('sha256', key.secret).update(`zaplecze ${purpose}\n${signed}`).digest('base64url');
}
