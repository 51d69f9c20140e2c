// Something that a button opens below itself: a question, a form. When it is closed the focus goes back to where it was opened.
import { useRef, useState } from 'react';
import type { RefObject } from 'react';

export interface Asked<E extends HTMLElement> {
  readonly asked: boolean;
  readonly ask: () => void;
  readonly close: () => void;
  /** Takes the focus back. */
  readonly back: RefObject<E | null>;
}

export function useAsked<E extends HTMLElement>(): Asked<E> {
  const [asked, setAsked] = useState(false);
  const back = useRef<E>(null);
  const close = (): void => {
    setAsked(false);
    back.current?.focus();
  };
  return { asked, ask: () => setAsked(true), close, back };
}
