/** What calls need from the outside. Tests and stand-ins bring their own. */
export type CallDeps = {
  /** A secret by its name, or undefined where the operator has not set it. */
  secret: (name: string) => Promise<string | undefined>;
  /** The platform's fetch, or one that maps public addresses to local ones. */
  fetch: typeof fetch;
};
