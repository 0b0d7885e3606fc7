/** Names of one key, 32 bytes each, that only this installation can make: the one to use, then those of earlier keys. */
export type NamesOf = (key: string) => [Uint8Array, ...Uint8Array[]];
