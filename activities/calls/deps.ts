import type { FileContent } from '../../core/model/artefact.ts';
import type { CallInfo } from '../../core/model/call.ts';
import type { EffectNotes } from '../../core/model/effect.ts';
import type { Delivery } from '../../core/model/delivery.ts';
import type { Egress } from './egress.ts';

/** The same for the call of one run: what its department may use, and where. */
export type ForCall = (call: CallInfo) => CallDeps;

/** What calls need from the outside. Tests and stand-ins bring their own. */
export type CallDeps = {
  /** A secret by its name, or undefined where the operator has not set it. */
  secret: (name: string) => Promise<string | undefined>;
  /** A fetch that connects where `egress` lets it (`createFetch`), or one that maps public addresses to local ones. */
  fetch: typeof fetch;
  /** Where the operator lets calls go. */
  egress: Egress;
  /** Hosts that speak gRPC without TLS, as patterns of `calls.plaintext`; this machine always may. */
  plaintext: readonly string[];
  /** The operator lets definitions run servers of the Model Context Protocol on this machine (`processes.allow`: mcp). */
  allowsPrograms: boolean;
  /** Hands messages of a subscription to the run that asked for them. */
  deliver: (call: CallInfo, delivery: Delivery) => Promise<void>;
  /** Notes of calls whose outcome is not known, so that none is made twice. */
  effects: EffectNotes;
  /** A stored file, by the id of its artefact. */
  artefact: (id: string) => Promise<FileContent>;
  /** A file beside the definition of that hash, or undefined where there is none. */
  file: (hash: string, path: string) => Promise<string | undefined>;
};
