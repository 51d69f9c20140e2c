// A command to be copied, and run by hand: the program never runs it. Beside it what came of the copying.
import { useEffect, useRef, useState } from 'react';

interface CommandProps {
  readonly command: string;
  /** What the button says to a reader: `Copy the command that …`. */
  readonly label: string;
}

const OUTCOMES = { none: '', copied: 'Copied', selected: 'Selected: press Ctrl+C' } as const;
/** How long it stands. */
const SAID_MS = 3000;

/** A page that may ask for nothing can still copy what is selected. */
async function copy(element: HTMLElement, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    console.info('The clipboard is not open to this page; what is selected is copied instead.', error);
    select(element);
    return document.execCommand('copy');
  }
}

function select(element: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

export function Command({ command, label }: CommandProps) {
  const code = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), SAID_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const press = (): void => {
    const element = code.current;
    if (element === null) return;
    copy(element, command).then(
      (copied) => setOutcome(copied ? 'copied' : 'selected'),
      (error: unknown) => reportError(error),
    );
  };
  return (
    <span className="command">
      <code ref={code}>{command}</code>
      <button type="button" className="button minor" aria-label={label} onClick={press}>
        {outcome === 'copied' ? 'Copied' : 'Copy'}
      </button>
      <span className={outcome === 'selected' ? 'command-said' : 'unseen'} role="status">
        {OUTCOMES[outcome]}
      </span>
    </span>
  );
}
