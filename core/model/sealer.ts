/** Encrypts what lies on a disk. `open` gives undefined for what was sealed with a key that is gone, or is damaged. */
export type Sealer = {
  seal(bytes: Uint8Array): Uint8Array;
  open(sealed: Uint8Array): Uint8Array | undefined;
};
