// The seconds before the screen is locked, over everything else. The way out is the password that unlocks the screen, so the only
// button locks at once; no key closes the dialogue. Somebody may be typing as it opens: the heading takes the keys, not the button.
import { useEffect, useRef, useState } from 'react';
import { useDashboard } from '../state.ts';
import { useAction } from './use-action.ts';
import { useClient } from './use-client.ts';
import { useSecondsToLock } from './use-now.ts';

function Countdown({ seconds }: { readonly seconds: number }) {
  const client = useClient();
  const sentence = useDashboard((known) => known.snapshot?.sentence ?? '');
  const lock = useAction(() => client.call('lockNow'));
  // Said once, with the description: a reader that named every second would be heard for nothing else.
  const [starting] = useState(seconds);
  return (
    <div className="lock-body tone-alarm">
      <h2 id="lock-title" tabIndex={-1}>
        {seconds > 0 ? 'The screen is about to be locked' : 'Locking the screen'}
      </h2>
      <p className="lock-seconds" role="timer">
        <strong>{seconds}</strong>
        <span className="quiet">{seconds === 1 ? 'second' : 'seconds'}</span>
      </p>
      <p id="lock-because">{sentence}</p>
      <p id="lock-starting" hidden>
        The screen is locked in {starting} {starting === 1 ? 'second' : 'seconds'}.
      </p>
      <button type="button" className="button firm" disabled={lock.busy} onClick={lock.run}>
        Lock now and unlock with my password
      </button>
      {lock.trouble !== null && (
        <p className="trouble" role="alert">
          {lock.trouble}
        </p>
      )}
      <p className="quiet">
        Unlocking the screen shows that it is you and restores trust. Your programs go on meanwhile.
      </p>
    </div>
  );
}

/** By itself the focus would go to the button, and the next space or Enter of somebody who types would lock. */
function show(dialog: HTMLDialogElement): void {
  dialog.showModal();
  dialog.querySelector('h2')?.focus();
}

export function LockCountdown() {
  const seconds = useSecondsToLock();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = seconds !== null;
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open === open) return;
    if (open) show(element);
    else element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="lock"
      role="alertdialog"
      aria-labelledby="lock-title"
      aria-describedby="lock-starting lock-because"
      onCancel={(event) => event.preventDefault()}
      // A browser lets a second Escape through in spite of that.
      onClose={({ currentTarget }) => open && show(currentTarget)}
    >
      {open && <Countdown seconds={seconds} />}
    </dialog>
  );
}
