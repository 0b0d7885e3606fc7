import type { Cell } from '../page/layout.ts';

export type Role = 'seller' | 'buyer';

/** The part of a page that one party's label heads: a column from the label down. */
export type Block = {
  role: Role;
  page: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  strong: boolean;
  /** The label ends in a colon. */
  colon: boolean;
  /** Text rows of the column, the rest of the label's own line first. */
  rows: Cell[];
};

/** True when a cell stands in the block's column, between its head and its end. */
export function inside(cell: Cell, block: Block): boolean {
  const across = cell.x >= block.left && cell.x < block.right;
  return cell.page === block.page && across && cell.y >= block.top && cell.y <= block.bottom;
}
