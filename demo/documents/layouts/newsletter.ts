import { html } from 'hono/html';
import { date, sheet } from './parts.ts';

const STYLE = `
  body { font: 10.5pt/1.5 "Liberation Sans", Arial, sans-serif; color: #2b2b33 }
  .band { background: #5b3a8c; color: #fff; padding: 16mm 18mm 12mm } .band h1 { font: 700 25pt "URW Gothic", "Liberation Sans", sans-serif } main { padding: 10mm 18mm }
  h2 { color: #5b3a8c; margin: 6mm 0 2mm } .grid { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin-top: 6mm } .card { background: #f3eff9; padding: 5mm; border-radius: 3mm }
  .card b { color: #5b3a8c }`;

/** A training company's newsletter: prices and dates, but no invoice. `today` is ISO 8601. */
export function newsletterLayout(today: string): Promise<string> {
  const body = html`<div class="band">
      <h1>Akademia Kadr i Płac</h1>
      Biuletyn dla działów księgowości · ${date(today, 'pl')}
    </div>
    <main>
      <p>
        Dzień dobry! Zima za pasem, a z nią zamknięcie roku. W tym wydaniu przypominamy o najczęstszych pułapkach i
        zapraszamy na nasze szkolenia online.
      </p>
      <h2>Zamknięcie roku bez nerwów</h2>
      <p>
        Inwentaryzację należności warto zacząć już teraz: potwierdzenia sald wysłane w listopadzie wracają przed
        świętami. Sprawdź też, czy rozliczenia międzyokresowe z ubiegłego roku zostały zamknięte, i czy stany magazynowe
        zgadzają się z kartoteką.
      </p>
      <div class="grid">
        <div class="card">
          <b>Szkolenie: KSeF w praktyce</b><br />online, 4 godziny<br />390 zł od osoby, przy zgłoszeniu trzech osób
          taniej
        </div>
        <div class="card">
          <b>Szkolenie: Lista płac od A do Z</b><br />online, 6 godzin<br />450 zł od osoby, materiały w cenie
        </div>
      </div>
      <h2>Pytanie miesiąca</h2>
      <p>
        Czy pracownik może wykorzystać zaległy urlop po wrześniu? Tak, ale pracodawca naraża się na mandat. Więcej na
        naszej stronie.
      </p>
      <p style="margin-top:10mm">Pozdrawiamy serdecznie, zespół Akademii</p>
    </main>`;
  return sheet('pl', STYLE, body);
}
