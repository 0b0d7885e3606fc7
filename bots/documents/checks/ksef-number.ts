/** Number that KSeF gives an invoice: seller's NIP, date, twelve hexadecimal digits, checksum (KSeF 2.0, "Numer KSeF"). */
const FORM = /^\d{10}-\d{8}-[0-9A-F]{12}-[0-9A-F]{2}$/;
/** Characters that the checksum guards: all before its own hyphen. */
const GUARDED = 32;
const POLYNOMIAL = 0x07;

/** True for a KSeF number whose checksum (CRC-8, polynomial 0x07, initial value 0) is right. */
export function validKsefNumber(number: string): boolean {
  if (!FORM.test(number)) return false;
  let crc = 0;
  for (const byte of Buffer.from(number.slice(0, GUARDED), 'ascii')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ POLYNOMIAL) & 0xff : (crc << 1) & 0xff;
  }
  return number.endsWith(`-${crc.toString(16).toUpperCase().padStart(2, '0')}`);
}
