// How wide the first of some equal columns is, in whole pixels; 0 until it has been measured.
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export function useFirstWidth<E extends HTMLElement>(): readonly [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const first = element.current?.firstElementChild ?? null;
    if (first === null) return;
    // Told once at the beginning, and at each change.
    const sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    sizes.observe(first);
    return () => sizes.disconnect();
  }, []);
  return [element, width];
}
