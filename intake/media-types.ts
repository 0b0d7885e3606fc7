export { sniffMediaType } from '../bots/mailbox/media-types.ts';
