// Where a chosen moment leads the eye and the keys. In: the moment. Out: a reference for the panel that explains it.
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** After one of these the user goes where he likes. */
const MOVES = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** As the page fills, what stands above pushes the panel down and its own text makes it longer: it is kept in view until the user moves. */
function keepInView(element: HTMLElement): () => void {
  const moved = new AbortController();
  // Told once at the beginning, and at each change.
  const sizes = new ResizeObserver(() => element.scrollIntoView({ block: 'nearest' }));
  sizes.observe(element);
  sizes.observe(document.body);
  const stop = (): void => {
    sizes.disconnect();
    moved.abort();
  };
  for (const move of MOVES) window.addEventListener(move, stop, { signal: moved.signal, passive: true });
  return stop;
}

/**
 * A newly chosen moment, the one that the page is opened with included, is brought into view, and under the reader's cursor; not
 * from within the panel, where the reader is already.
 */
export function useInView(chosenMs: number | null): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = panel.current;
    if (element === null || chosenMs === null) return;
    const within = document.activeElement;
    if (within !== element && element.contains(within)) return;
    element.focus({ preventScroll: true });
    return keepInView(element);
  }, [chosenMs]);
  return panel;
}
