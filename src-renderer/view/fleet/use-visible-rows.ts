// Where a list lies in the window in, the rows of it that are drawn out; moves with the window's scrolling and size.
import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { visibleRows } from '../../fleet/visible-rows.ts';
import type { Stretch } from '../../fleet/visible-rows.ts';

/** Pixels; fleet-row.css draws them so. */
const ROW_HEIGHT = 57;
const NARROW_ROW_HEIGHT = 105;
const NARROW = '(max-width: 799px)';
/** Until the list has been measured. */
const FIRST: Stretch = { from: 0, to: 16 };

function subscribeNarrow(changed: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

const useRowHeight = (): number =>
  useSyncExternalStore(subscribeNarrow, () => (window.matchMedia(NARROW).matches ? NARROW_ROW_HEIGHT : ROW_HEIGHT));

export interface VisibleRows {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly rowHeight: number;
  readonly stretch: Stretch;
}

export function useVisibleRows(count: number): VisibleRows {
  const list = useRef<HTMLUListElement>(null);
  const rowHeight = useRowHeight();
  const [stretch, setStretch] = useState(FIRST);
  useLayoutEffect(() => {
    const look = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const next = visibleRows(top, window.innerHeight, rowHeight, count);
      setStretch((known) => (known.from === next.from && known.to === next.to ? known : next));
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [count, rowHeight]);
  return { list, rowHeight, stretch };
}
