import { stdnum, type Validator } from 'stdnum';

/** VAT id validators by the prefix on paper: EU (Directive 2006/112/EC, art. 215), Northern Ireland, UK, Switzerland. */
const VALIDATORS: Readonly<Record<string, readonly (Validator | undefined)[]>> = {
  AT: [stdnum['AT']?.['uid']],
  BE: [stdnum['BE']?.['vat']],
  BG: [stdnum['BG']?.['vat']],
  CY: [stdnum['CY']?.['vat']],
  CZ: [stdnum['CZ']?.['dic']],
  DE: [stdnum['DE']?.['vat']],
  DK: [stdnum['DK']?.['cvr']],
  EE: [stdnum['EE']?.['kmkr']],
  EL: [stdnum['GR']?.['vat']],
  ES: [stdnum['ES']?.['cif'], stdnum['ES']?.['nif'], stdnum['ES']?.['nie'], stdnum['ES']?.['dni']],
  FI: [stdnum['FI']?.['alv']],
  FR: [stdnum['FR']?.['tva']],
  HR: [stdnum['HR']?.['oib']],
  HU: [stdnum['HU']?.['anum']],
  IE: [stdnum['IE']?.['vat']],
  IT: [stdnum['IT']?.['iva']],
  LT: [stdnum['LT']?.['pvm']],
  LU: [stdnum['LU']?.['tva']],
  LV: [stdnum['LV']?.['pvn']],
  MT: [stdnum['MT']?.['vat']],
  NL: [stdnum['NL']?.['btw']],
  PL: [stdnum['PL']?.['nip']],
  PT: [stdnum['PT']?.['nif']],
  RO: [stdnum['RO']?.['cif'], stdnum['RO']?.['cui']],
  SE: [stdnum['SE']?.['vat']],
  SI: [stdnum['SI']?.['ddv']],
  SK: [stdnum['SK']?.['dph']],
  GB: [stdnum['GB']?.['vat']],
  XI: [stdnum['GB']?.['vat']],
};

/** The country whose rules an id is judged by: its own letters, else the party's country, else Poland for ten digits. */
export function vatCountry(id: string, country?: string): string | undefined {
  const prefix = id.slice(0, 2).toUpperCase();
  if (prefix in VALIDATORS) return prefix;
  const home = country === 'GR' ? 'EL' : country;
  if (home && home in VALIDATORS) return home;
  return country === undefined && /^\d{10}$/.test(id) ? 'PL' : undefined;
}

/** What is known of an id: undefined where no rule covers it (a national tax number, a foreign id). */
export function checkVatId(id: string, country?: string): { country: string; valid: boolean } | undefined {
  const compact = id.replace(/[\s.\-/]/g, '').toUpperCase();
  const rules = vatCountry(compact, country);
  if (!rules) return undefined;
  const number = compact.startsWith(rules) ? compact.slice(2) : compact;
  const validators = VALIDATORS[rules] ?? [];
  const valid = validators.some((one) => one?.validate(number).isValid || one?.validate(rules + number).isValid);
  return { country: rules, valid };
}

/** True when the id's check digits are right by the rules of its country (ten bare digits: Poland's NIP). */
export function validVatId(id: string, country?: string): boolean {
  return checkVatId(id, country)?.valid ?? false;
}
