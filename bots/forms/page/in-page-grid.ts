/**
 * More of what runs inside the target's pages: rows of tables, and of grids that are built of plain elements (WAI-ARIA
 * roles grid, treegrid, table). Sent to each frame together with in-page.ts; hence declared, not imported.
 */
declare function normal(text: string | null | undefined): string;
declare function visible(element: Element): boolean;
declare function seenText(element: Element | null | undefined): string;
declare function deepAll(selector: string): Element[];

type Rows = Record<string, string>[];

/** Rows of the table whose headings include all of these, as texts by heading; undefined where there is none. */
export function tableRows(headings: string[]): Rows | undefined {
  return htmlRows(headings) ?? gridRows(headings);
}

/** Texts of a row's cells. Legacy pages put hidden fields between them, so children are not cells. */
export function cellTexts(row: HTMLTableRowElement): string[] {
  return [...row.cells].map(shownInCell);
}

/** What a cell shows. A colon or star at its end belongs to it. */
export function shownInCell(cell: Element): string {
  if (cell.childElementCount === 0) return (cell.textContent ?? '').replace(/\s+/g, ' ').trim();
  const text = (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim();
  return text === '' ? (cell.textContent ?? '').replace(/\s+/g, ' ').trim() : text;
}

export function htmlRows(headings: string[]): Rows | undefined {
  for (const head of deepAll('tr').reverse() as HTMLTableRowElement[]) {
    if (!headings.every((heading) => (head.textContent ?? '').replace(/\s+/g, ' ').includes(heading.trim()))) continue;
    const texts = cellTexts(head).map(normal);
    if (!visible(head) || !headings.every((heading) => texts.includes(normal(heading)))) continue;
    const table = head.closest('table');
    const own = [...(table?.rows ?? [])];
    // A table whose headings stay while its body scrolls is built of two.
    const below = own.slice(own.indexOf(head) + 1);
    const rows = below.length > 0 ? below : bodyBeside(table);
    return rows
      .filter((row) => row.cells.length === texts.length && visible(row))
      .map((row) => byHeading(headings, texts, cellTexts(row)));
  }
  return undefined;
}

/** Rows of the table after one that holds nothing but headings, in the same box. */
export function bodyBeside(table: Element | null): HTMLTableRowElement[] {
  for (let box = table?.parentElement; box && box !== document.body; box = box.parentElement) {
    const tables = [...box.querySelectorAll('table')];
    const next = tables[tables.indexOf(table as HTMLTableElement) + 1];
    if (next) return [...next.rows];
    if (box.childElementCount > 3) return [];
  }
  return [];
}

export function byHeading(headings: string[], texts: string[], cells: string[]): Record<string, string> {
  return Object.fromEntries(headings.map((h) => [h, cells[texts.indexOf(normal(h))] ?? ''] as const));
}

const GRIDS = '[role=grid], [role=treegrid], [role=table]';
export const GRID_ROLES = { grids: GRIDS };

declare const ROLES: typeof GRID_ROLES;

/** A cell is told by its `aria-colindex` where it has one: grids draw only the columns that fit. */
export function gridRows(headings: string[]): Rows | undefined {
  for (const grid of deepAll(ROLES.grids).reverse()) {
    const heads = [...grid.querySelectorAll('[role=columnheader]')];
    const columns = new Map(heads.map((head, i) => [seenText(head), columnIndex(head, i)]));
    if (!visible(grid) || !headings.every((heading) => columns.has(normal(heading)))) continue;
    return [...grid.querySelectorAll('[role=row]')].filter(visible).flatMap((row) => {
      const cells = [...row.querySelectorAll('[role=gridcell], [role=cell], [role=rowheader]')];
      if (cells.length === 0) return [];
      const at = new Map(cells.map((cell, i) => [columnIndex(cell, i), shownInCell(cell)]));
      return [Object.fromEntries(headings.map((h) => [h, at.get(columns.get(normal(h)) ?? -1) ?? ''] as const))];
    });
  }
  return undefined;
}

export function columnIndex(element: Element, position: number): number {
  const index = Number(element.getAttribute('aria-colindex'));
  return index > 0 ? index : position + 1;
}

/** Headings of every table and grid of this frame, for the message when none of them is the one looked for. */
export function headingsHere(): string[] {
  const tables = deepAll('table').map((table) => [...table.querySelectorAll('th, thead td')]);
  const grids = deepAll(ROLES.grids).map((grid) => [...grid.querySelectorAll('[role=columnheader]')]);
  return [...tables, ...grids]
    .map((heads) =>
      heads
        .filter(visible)
        .map(seenText)
        .filter((text) => text !== ''),
    )
    .filter((heads) => heads.length > 0)
    .map((heads) => heads.join(', '));
}
