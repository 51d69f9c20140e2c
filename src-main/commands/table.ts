// Lays out rows of text in aligned columns. In: cells, perhaps with colour. Out: lines.
import { stripVTControlCharacters } from 'node:util';

export type Alignment = 'left' | 'right';

const GAP = '  ';

/**
 * @param rows cells; a row may be shorter than the others
 * @param alignment of each column, left where not given
 * @returns one line a row, without spaces at its end
 */
export function layOut(rows: readonly (readonly string[])[], alignment: readonly Alignment[] = []): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => pad(cell, widths[column] ?? 0, alignment[column] ?? 'left'));
    return cells.join(GAP).trimEnd();
  });
}

/** A line that is laid out as the rows are, but as they come: the widths are fixed beforehand. */
export function fixedRow(cells: readonly string[], widths: readonly number[], alignment: readonly Alignment[]): string {
  return cells
    .map((cell, column) => pad(cell, widths[column] ?? 0, alignment[column] ?? 'left'))
    .join(GAP)
    .trimEnd();
}

function pad(cell: string, width: number, alignment: Alignment): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return alignment === 'left' ? cell + space : space + cell;
}

const widthOf = (cell: string): number => [...stripVTControlCharacters(cell)].length;
