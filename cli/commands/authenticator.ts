import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Secret, TOTP } from 'otpauth';
import { homeDir } from '../../installation/home.ts';
import { keepSecret } from '../../installation/keep-secret.ts';
import { EXIT, type Io } from '../io.ts';

/** RFC 4226, section 4, R6: at least 128 bits, 160 recommended. */
const KEY_BYTES = 20;

/**
 * `zaplecze users authenticator EMAIL`: a key for an authenticator app (RFC 6238), kept among the secrets of this
 * installation and shown once, as a QR code and in letters.
 */
export async function addAuthenticator(
  email: string,
  options: { replace?: boolean; issuer: string },
  io: Io,
): Promise<number> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    io.err(`"${email}" is not an e-mail address`);
    return EXIT.usage;
  }
  const secret = new Secret({ size: KEY_BYTES });
  const name = `authenticator-${email.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  await keepSecret(homeDir(), name, secret.base32, options.replace);
  const address = new TOTP({ issuer: options.issuer, label: email, secret }).toString();
  io.out(await qrCode(address));
  io.out(`Scan it with an authenticator app, or enter the key: ${secret.base32}`);
  io.out(
    `The key is not shown again. In zaplecze.yaml, add to this person under "people":\n\n    authenticator: ${name}\n`,
  );
  return EXIT.ok;
}

async function qrCode(text: string): Promise<string> {
  const { prepareZXingModule, writeBarcode } = await import('zxing-wasm/writer');
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true });
  const { utf8, error } = await writeBarcode(text, { format: 'QRCode' });
  if (error) throw new Error(`the QR code could not be drawn: ${error}`);
  return utf8;
}
