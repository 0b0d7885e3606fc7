export { textOf } from './example.ts';
export { recordForm } from './record.ts';
export type { Conversation, Phase, RecordRequest } from './recording.ts';
export { openWindow } from './window.ts';
