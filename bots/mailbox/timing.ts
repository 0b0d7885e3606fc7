import {
  AUTHENTICATION_RETRY_MS,
  HANDLE_FIRST_MS,
  HANDLE_MAX_MS,
  RECONNECT_FIRST_MS,
  RECONNECT_MAX_MS,
} from './limits.ts';

/** The pauses of a watch, in milliseconds; tests shorten them. */
export type WatchTiming = {
  reconnectFirstMs: number;
  reconnectMaxMs: number;
  authenticationMs: number;
  handleFirstMs: number;
  handleMaxMs: number;
};

export const DEFAULT_TIMING: WatchTiming = {
  reconnectFirstMs: RECONNECT_FIRST_MS,
  reconnectMaxMs: RECONNECT_MAX_MS,
  authenticationMs: AUTHENTICATION_RETRY_MS,
  handleFirstMs: HANDLE_FIRST_MS,
  handleMaxMs: HANDLE_MAX_MS,
};
