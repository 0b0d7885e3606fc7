import type { DemoFiles } from './files.ts';
import type { DemoInvoices } from './invoices.ts';
import type { DemoInvoice, DemoMail, Expectation } from './model.ts';

/** Mailbox that takes invoices. */
export const INVOICE_MAILBOX = 'faktury@meblarnia-debowa.example';

/** The mails in the order in which they are sent: the duplicate comes after what it repeats. */
export function demoMails(invoices: DemoInvoices, files: DemoFiles): DemoMail[] {
  return [
    ...eInvoices(invoices, files),
    ...pictures(invoices, files),
    ...trouble(invoices, files),
    ...noInvoices(files),
  ];
}

function eInvoices(invoices: DemoInvoices, files: DemoFiles): DemoMail[] {
  return [
    mail('ksef-xml', invoices.paper, 'Dział sprzedaży Arkusz', {
      subject: `Faktura ${invoices.paper.number} w KSeF`,
      text: `Dzień dobry,

w załączeniu e-faktura ${invoices.paper.number} za artykuły biurowe w postaci pliku z KSeF.

Pozdrawiam
Karolina Mazurek
Hurtownia Papiernicza Arkusz`,
      attachments: [files.ksef],
    }),
    mail('factur-x', invoices.software, 'Clearharbour Billing', {
      subject: `Your invoice ${invoices.software.number}`,
      text: `Hello,

thank you for using Clearharbour. Your invoice for this month is attached; the PDF also carries the data in machine-readable form.

If you have any questions, just reply to this mail.

The Clearharbour team`,
      attachments: [files.facturx],
    }),
    mail('polish-pdf', invoices.builders, 'Zdzisław Murarek', {
      subject: 'faktura za remont',
      text: `Dzień dobry,

przesyłam fakturę za malowanie hali i łazienkę w mieszkaniu służbowym. Proszę o zapłatę w terminie, z podzieloną płatnością.

Pozdrawiam
Zdzisław Murarek`,
      attachments: [files.polish],
    }),
  ];
}

function pictures(invoices: DemoInvoices, files: DemoFiles): DemoMail[] {
  return [
    mail('german-scan', invoices.hotel, 'Tagungshotel Lindenhof', {
      subject: `Rechnung Nr. ${invoices.hotel.number}`,
      text: `Sehr geehrte Damen und Herren,

anbei erhalten Sie die Rechnung für den Aufenthalt von Herrn Brzeski als Scan.

Mit freundlichen Grüßen
Anke Vollmer
Empfang`,
      attachments: [files.scan],
    }),
    mail('phone-photo', invoices.fuel, 'Marta Sowińska', {
      from: 'marta.sowinska@meblarnia-debowa.example',
      subject: 'paliwo - faktura',
      text: 'Hej, zdjęcie faktury z wczorajszego tankowania, oryginał oddam w poniedziałek. Marta',
      attachments: [files.photo],
    }),
  ];
}

function trouble(invoices: DemoInvoices, files: DemoFiles): DemoMail[] {
  return [
    mail('wrong-sum', invoices.agency, 'Księgowość Kolibri', {
      subject: `Faktura ${invoices.agency.number}`,
      text: `Dzień dobry,

w załączniku faktura za katalog jesienny i sesję zdjęciową.

Z poważaniem
Agencja Reklamowa Kolibri`,
      attachments: [files.wrongSum],
      expect: { outcome: 'rejected' },
    }),
    mail('duplicate', invoices.builders, 'Zdzisław Murarek', {
      subject: 'jeszcze raz faktura',
      text: `Dzień dobry,

nie wiem czy poprzedni mail doszedł, więc wysyłam jeszcze raz.

Z. Murarek`,
      attachments: [files.reprint],
      expect: { outcome: 'duplicate' },
    }),
    mail('above-limit', invoices.machines, 'Precyzja Serwis Maszyn', {
      subject: `Faktura ${invoices.machines.number} - przegląd centrum obróbczego`,
      text: `Szanowni Państwo,

zgodnie z umową przesyłamy fakturę za przegląd generalny i wymianę wrzeciona. Protokół odbioru podpisał pan Kaczor.

Z poważaniem
Biuro obsługi klienta
Precyzja Serwis Maszyn Sp. z o.o.`,
      attachments: [files.large],
      expect: { outcome: 'booked', approvers: 2 },
    }),
  ];
}

function noInvoices(files: DemoFiles): DemoMail[] {
  return [
    {
      id: 'newsletter',
      from: { name: 'Akademia Kadr i Płac', email: 'biuletyn@akademia-kadr.example' },
      to: INVOICE_MAILBOX,
      subject: 'Zamknięcie roku bez nerwów',
      text: 'Dzień dobry, w załączniku najnowszy biuletyn. Miłej lektury!\n\nZespół Akademii',
      attachments: [files.newsletter],
      expect: { outcome: 'quarantined' },
    },
    {
      id: 'greeting',
      from: { name: 'Piotr Halicki', email: 'piotr.halicki@drewpol.example' },
      to: INVOICE_MAILBOX,
      subject: 'Zmiana numeru telefonu',
      text: 'Dzień dobry,\n\nod poniedziałku mam nowy numer: 600 000 123. Do usłyszenia!\n\nPiotr Halicki',
      attachments: [],
      expect: { outcome: 'quarantined' },
    },
  ];
}

type MailParts = Pick<DemoMail, 'subject' | 'text' | 'attachments'> & { from?: string; expect?: Expectation };

/** A mail with an invoice; what is expected of it is filled in from the invoice. */
function mail(id: string, invoice: DemoInvoice, name: string, parts: MailParts): DemoMail {
  return {
    id,
    from: { name, email: parts.from ?? invoice.seller.email },
    to: INVOICE_MAILBOX,
    subject: parts.subject,
    text: parts.text,
    attachments: parts.attachments,
    expect: {
      outcome: 'booked',
      approvers: 1,
      number: invoice.number,
      gross: invoice.gross,
      currency: invoice.currency,
      supplierVatId: invoice.seller.vatId,
      ...parts.expect,
    },
  };
}
