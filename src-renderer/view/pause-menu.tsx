// Pausing from the window: a button that opens three choices. Not offered while paused, for then the banner resumes.
import { useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { inWords, useDashboard } from '../state.ts';
import { ShapeIcon } from './icons.tsx';
import { useClient } from './use-client.ts';

const CHOICES = [
  { minutes: 15, text: 'For 15 minutes' },
  { minutes: 60, text: 'For 1 hour' },
  { minutes: null, text: 'Until I resume' },
] as const;

/** Whether there is an agent that could pause, and nothing that forbids it. */
const usePausable = (): boolean =>
  useDashboard(
    ({ link, absence, snapshot }) =>
      link === 'up' && absence === null && snapshot !== null && snapshot.paused === null && snapshot.locking === null,
  );

/** Open or not; closed by Escape, which leads back to the button, and when the focus goes elsewhere. */
function useDisclosure() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return {
    open,
    button,
    toggle: () => setOpen(!open),
    close: () => setOpen(false),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) setOpen(false);
    },
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    },
  };
}

export function PauseMenu() {
  const client = useClient();
  const pausable = usePausable();
  const { open, button, toggle, close, onBlur, onKeyDown } = useDisclosure();
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!pausable) return null;
  const pause = (minutes: number | null): void => {
    setTrouble(null);
    client.call('pause', { minutes }).then(close, (error: unknown) => setTrouble(inWords(error)));
  };
  return (
    <div className="pause" onBlur={onBlur} onKeyDown={onKeyDown}>
      <button type="button" className="pill tone-quiet" ref={button} aria-expanded={open} onClick={toggle}>
        <ShapeIcon shape="slash" />
        Pause
      </button>
      {open && (
        <ul className="plain pause-choices">
          {CHOICES.map(({ minutes, text }) => (
            <li key={text}>
              <button type="button" onClick={() => pause(minutes)}>
                {text}
              </button>
            </li>
          ))}
          {trouble !== null && (
            <li className="trouble" role="alert">
              {trouble}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
