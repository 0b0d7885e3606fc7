/** An invoice as a run carries it. */
export const INPUT = {
  invoice: {
    number: 'FV/2026/11/0042',
    supplier: { name: 'Zakład Usługowy Nowak', nip: '5260250274' },
    currency: 'PLN',
    issued: '2026-11-03',
    totals: { net: 1000, vat: 230, gross: 1230 },
    lines: Array.from({ length: 12 }, (_, i) => ({
      text: `Item ${i}`,
      quantity: i + 1,
      net: 10 * i,
      rate: i % 2 === 0 ? 23 : 8,
    })),
  },
  findings: [
    { code: 'sum', blocking: false },
    { code: 'nip', blocking: true },
  ],
  uncertain: false,
};

/** Expressions as definitions have them. */
export const EXPRESSIONS = [
  '.invoice.number',
  '.invoice.totals.gross > 1000',
  '.invoice.supplier.nip // "unknown"',
  '.uncertain or (.findings | any(.blocking))',
  '{number: .invoice.number, gross: .invoice.totals.gross}',
  '[.invoice.lines[] | select(.rate == 23) | .net] | add',
  '.invoice.lines | map(.net) | add',
  '.invoice.lines | length',
  '.invoice.lines | group_by(.rate) | map({rate: .[0].rate, net: (map(.net) | add)})',
  '.invoice.lines | sort_by(-.net) | .[0].text',
  '"\\(.invoice.number) of \\(.invoice.supplier.name)"',
  '.invoice.issued | split("-") | .[0] | tonumber',
  '.invoice.number | test("^FV/[0-9]{4}/")',
  '.invoice.number | gsub("/"; "-")',
  '.invoice.totals.gross += 1',
  'del(.invoice.lines)',
  '.findings | map(select(.blocking) | .code) | join(", ")',
  'if .invoice.totals.net + .invoice.totals.vat == .invoice.totals.gross then "ok" else "sum" end',
  'reduce .invoice.lines[] as $line (0; . + $line.net * $line.quantity)',
  '.invoice | with_entries(select(.value | type == "string"))',
];
