import type { SupplierData } from '../intranet/model.ts';

/**
 * The companies of the demo. All are invented: their tax numbers and IBANs have right check digits, but the bank codes
 * (999…) are given to no bank, and the mail domains end in `.example` (RFC 2606).
 */
export type Company = SupplierData & { email: string };

export const BUYER: Company = {
  name: 'Meblarnia Dębowa Sp. z o.o.',
  vatId: '8971204637',
  country: 'PL',
  street: 'ul. Stolarska 14',
  postCode: '53-204',
  city: 'Wrocław',
  iban: 'PL30999000253300550012784419',
  email: 'faktury@meblarnia-debowa.example',
};

export const PAPER: Company = {
  name: 'Hurtownia Papiernicza Arkusz Sp. z o.o.',
  vatId: '7791048336',
  country: 'PL',
  street: 'ul. Składowa 7',
  postCode: '61-888',
  city: 'Poznań',
  iban: 'PL08999000122001004518230017',
  email: 'sprzedaz@arkusz.example',
};

export const SOFTWARE: Company = {
  name: 'Clearharbour Software Ltd',
  vatId: 'IE6519283K',
  country: 'IE',
  street: '18 Cooper Quay',
  postCode: 'D02 XY45',
  city: 'Dublin',
  iban: 'IE97CLHB99021704518834',
  email: 'billing@clearharbour.example',
};

export const BUILDERS: Company = {
  name: 'Zakład Remontowo-Budowlany Murarek s.c.',
  vatId: '7823041166',
  country: 'PL',
  street: 'ul. Ceglana 31/2',
  postCode: '50-543',
  city: 'Wrocław',
  iban: 'PL69999000380019800450060231',
  email: 'biuro@murarek.example',
};

export const HOTEL: Company = {
  name: 'Tagungshotel Lindenhof GmbH',
  vatId: 'DE284173906',
  country: 'DE',
  street: 'Am Stadtgraben 22',
  postCode: '02826',
  city: 'Görlitz',
  iban: 'DE44999401230071845062',
  email: 'rechnung@lindenhof-goerlitz.example',
};

export const FUEL: Company = {
  name: 'Stacja Paliw Orbita Jan Wilczek',
  vatId: '9532077189',
  country: 'PL',
  street: 'ul. Objazdowa 3',
  postCode: '55-040',
  city: 'Kobierzyce',
  iban: 'PL33999000417712003400981205',
  email: 'orbita@stacja-orbita.example',
};

export const AGENCY: Company = {
  name: 'Agencja Reklamowa Kolibri Sp. z o.o.',
  vatId: '8943160276',
  country: 'PL',
  street: 'pl. Teatralny 5',
  postCode: '50-051',
  city: 'Wrocław',
  iban: 'PL80999000544410023300561278',
  email: 'ksiegowosc@kolibri.example',
};

export const MACHINES: Company = {
  name: 'Precyzja Serwis Maszyn Sp. z o.o.',
  vatId: '5253901747',
  country: 'PL',
  street: 'ul. Tokarska 90',
  postCode: '04-392',
  city: 'Warszawa',
  iban: 'PL02999000671180034500912766',
  email: 'faktury@precyzja-serwis.example',
};

/** Everyone who sends an invoice: the suppliers that the accounting intranet starts with. */
export const SUPPLIERS: readonly Company[] = [PAPER, SOFTWARE, BUILDERS, HOTEL, FUEL, AGENCY, MACHINES];
