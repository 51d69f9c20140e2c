// A word of the field with its meaning: shown on hover, on focus and to a screen reader; Escape puts it away.
import { useId } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { TERMS } from '../terms.ts';
import type { TermName } from '../terms.ts';

interface TermProps {
  readonly name: TermName;
  /** By default the word itself. */
  readonly children?: ReactNode;
}

function putAway({ key, currentTarget }: KeyboardEvent<HTMLElement>): void {
  if (key === 'Escape') currentTarget.blur();
}

export function Term({ name, children = name }: TermProps) {
  const id = useId();
  return (
    <span className="term">
      <span className="term-word" tabIndex={0} aria-describedby={id} onKeyDown={putAway}>
        {children}
      </span>
      <span className="term-meaning" role="tooltip" id={id}>
        {TERMS[name]}
      </span>
    </span>
  );
}
