import { expect, it } from 'vitest';
import { ownWords } from './own-words.ts';

it.each([
  [
    'Gmail',
    'Proszę zaakceptować.\n\nOn Tue, 24 Nov 2026 at 10:00, Zaplecze <bot@x.pl> wrote:\n> Faktura czeka',
    'Proszę zaakceptować.',
  ],
  ['Gmail on two lines', 'Tak.\n\nOn Tue, 24 Nov 2026 at 10:00, Zaplecze\n<bot@x.pl> wrote:\n> Faktura', 'Tak.'],
  ['Polish', 'Hala 7\n\nW dniu 24.11.2026 o 10:00 Zaplecze pisze:\n> Pytanie', 'Hala 7'],
  ['Outlook', 'Hala 7\r\n\r\n________________________________\r\nOd: Zaplecze\r\nWysłano: wtorek', 'Hala 7'],
  ['Outlook in English', 'Fine by me.\n\nFrom: Zaplecze <bot@x.pl>\nSent: Tuesday', 'Fine by me.'],
  ['a signature', 'Zgoda\n-- \nAnna Nowak\nHuta', 'Zgoda'],
  ['a sentence that begins like a quote', 'On Monday I am away,\nask Ben.', 'On Monday I am away,\nask Ben.'],
  ['nothing of their own', '> Faktura czeka', ''],
])('should keep what a person wrote themselves: %s', (_, text, expected) => {
  expect(ownWords(text)).toBe(expected);
});
