// First run: what is learned, what is never kept, how long it takes. Shown while learning until it is put away.
import { useState } from 'react';
import { isRemembered, remember } from '../remember.ts';
import { useDashboard } from '../state.ts';

const PUT_AWAY = 'seclyzer.welcome-put-away';

export function Welcome() {
  const [putAway, setPutAway] = useState(() => isRemembered(PUT_AWAY));
  const learning = useDashboard((known) => known.snapshot?.state === 'LEARNING');
  if (putAway || !learning) return null;
  const close = (): void => {
    remember(PUT_AWAY);
    setPutAway(true);
  };
  return (
    <section className="panel welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">Welcome. SecLyzer learns to know you, and tells when it is somebody else.</h2>
      <div className="welcome-parts">
        <div>
          <h3>What it learns</h3>
          <p>The rhythm of your typing, how you move the mouse, and which application follows which.</p>
        </div>
        <div>
          <h3>What it never keeps</h3>
          <p>The text that you type, window titles, anything on your screen. Nothing leaves this machine.</p>
        </div>
        <div>
          <h3>How long it takes</h3>
          <p>
            Just work as usual. There is no score until there is enough to go by; the bars below say how much is
            missing.
          </p>
        </div>
      </div>
      <p className="quiet">
        It watches over a session that is already open. It does not replace your password or screen lock.
      </p>
      <button type="button" className="button" onClick={close}>
        Understood
      </button>
    </section>
  );
}
