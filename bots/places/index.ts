export { openLocalPlace } from './local.ts';
export { insidePlace, nameOf, type Place } from './place.ts';
export { putOnce, type PutNotes } from './put-once.ts';
export { openSftpPlace } from './sftp.ts';
export { type DropHandler, type DroppedFile, type PlaceEvent, watchPlace } from './watch.ts';
export { openWebdavPlace } from './webdav.ts';
