import { describe, expect, it } from 'vitest';
import { languageOf } from './language-of.ts';

describe('languageOf', () => {
  it.each([
    ['pol', 'Faktura VAT Sprzedawca Nabywca Ilosc Cena netto Razem do zaplaty przelew'],
    ['eng', 'Tax Invoice Bill to Quantity Unit price Amount due Payment terms 14 days'],
    ['deu', 'Rechnung Kunde Menge Einzelpreis Betrag MwSt. Summe zahlbar innerhalb von 14 Tagen'],
    ['fra', 'Facture Client Quantite Designation Montant TVA Total TTC Echeance Reglement'],
    ['ita', 'Fattura Fornitore Spett.le Quantita Importo Imponibile Scadenza bonifico giorni'],
    ['nld', 'Factuur Leverancier Klant Aantal Bedrag BTW Totaal Vervaldatum overboeking'],
    ['por', 'Fatura Fornecedor Cliente Quantidade Descricao Vencimento Contribuinte'],
    ['spa', 'Factura Proveedor Cliente Cantidad Precio Importe Base imponible Vencimiento'],
  ])('knows %s without its accents', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it('knows nothing of two languages at once, or of a few words', () => {
    expect(languageOf('Faktura Invoice Sprzedawca Seller Nabywca Buyer Razem Total Due platnosci')).toBeUndefined();
    expect(languageOf('A-1 2026 EUR')).toBeUndefined();
  });
});
