import { z } from 'zod';
import { SecretName } from './secret-name.ts';

/** A folder inside a place, relative to it. */
const Folder = z
  .string()
  .regex(/^(?!\/)(?!.*(^|\/)\.{1,2}(\/|$))[^\\]*$/, 'a folder inside the place, such as in/orders, without .. and \\');

/** How dropped files are taken from a place. */
export const WatchSettings = z.strictObject({
  folder: Folder.default('').describe('Folder that is watched; without it, the top of the place'),
  done: Folder.default('done').describe('Where a file goes once its run has been created'),
  failed: Folder.default('failed').describe('Where a file goes if nothing accepts it, with a note that says why'),
  pollSeconds: z.number().int().min(1).default(10).describe('Seconds between two checks of the folder'),
  restSeconds: z
    .number()
    .int()
    .min(1)
    .default(5)
    .describe('A file is picked up once it has not grown or changed for this many seconds'),
});
export type WatchSettings = z.infer<typeof WatchSettings>;

const common = { watch: WatchSettings.optional().describe('Files dropped here start automations (file.received)') };

/** Where files are exchanged with other programs and people: a folder, an SFTP server, or a WebDAV share. */
export const PlaceSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('folder'),
    path: z.string().min(1).describe('Folder on this machine, absolute or relative to the state folder'),
  }),
  z
    .strictObject({
      ...common,
      kind: z.literal('sftp'),
      host: z.string().min(1),
      port: z.number().int().min(1).max(65_535).default(22),
      user: z.string().min(1),
      password: SecretName.optional(),
      privateKey: SecretName.optional().describe('Secret with the private key, OpenSSH or PEM'),
      hostKey: z
        .string()
        .regex(
          /^SHA256:[A-Za-z0-9+/]{43}=?$/,
          'the fingerprint of the server’s key: SHA256:…, as ssh-keygen -lf shows it',
        )
        .describe('Fingerprint of the server’s key, so that no other machine can impersonate it'),
      path: z.string().default('.').describe('Folder on the server'),
    })
    .refine(({ password, privateKey }) => (password === undefined) !== (privateKey === undefined), {
      message: 'give either password or privateKey, as the name of a secret',
    }),
  z.strictObject({
    ...common,
    kind: z.literal('webdav'),
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Address of the folder, for example https://cloud.example/dav/exchange'),
    user: z.string().optional(),
    password: SecretName.optional(),
  }),
]);
export type PlaceSettings = z.infer<typeof PlaceSettings>;
