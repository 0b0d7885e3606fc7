/** What a link is for: to decide one request, to answer one question, to decide the requests of one digest. */
export type LinkKind = 'decide' | 'answer' | 'digest';

/** What a link is bound to. Of an answer `round` is the number of its question, of a digest `approval` is the digest's id. */
export type LinkClaims = { kind?: LinkKind; approval: string; round: number; approver: string; expiresAt: Date };
