// Which rows of a long list are drawn. In: where the list lies in the window, how many rows of one height it has. Out: the first and the one
// after the last, with some beyond either end. All thousand drawn at once kept the page busy for more than half of the time.

export interface Stretch {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** What the Tab key and a quick turn of the wheel find drawn already. */
const BEYOND = 8;

/** @param top of the list from the upper edge of the window, negative when it has been scrolled beyond it; all in pixels */
export function visibleRows(top: number, windowHeight: number, rowHeight: number, count: number): Stretch {
  const first = Math.floor(-top / rowHeight);
  const last = Math.ceil((windowHeight - top) / rowHeight);
  const from = Math.min(Math.max(0, first - BEYOND), count);
  return { from, to: Math.max(from, Math.min(count, last + BEYOND)) };
}

/** The indices that are drawn: those of the stretch, and the one that has the focus, wherever it is. */
export function drawnRows({ from, to }: Stretch, focused: number): readonly number[] {
  const drawn = Array.from({ length: to - from }, (_, at) => from + at);
  if (focused < 0 || (focused >= from && focused < to)) return drawn;
  return focused < from ? [focused, ...drawn] : [...drawn, focused];
}
