// The frame of the fleet page: its heading with the counts, what must be known first, the list or the host that the address names.
import { useEffect, useSyncExternalStore } from 'react';
import { parseFleetRoute } from '../../fleet/fleet-route.ts';
import { headSentence, standingSentence } from '../../fleet/fleet-words.ts';
import { useFleet } from '../../fleet/fleet-state.ts';
import { Banner } from '../banner.tsx';
import { Shield } from '../icons.tsx';
import { FleetHostPage } from './fleet-host.tsx';
import { FleetList } from './fleet-list.tsx';
import { useNowMs } from '../use-clock.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function Standing() {
  const link = useFleet((known) => known.link);
  const refusal = useFleet((known) => known.refusal);
  const head = useFleet((known) => known.head);
  const sentence = standingSentence({ link, refusal, head }, useNowMs(1000));
  return sentence === null ? null : <Banner shape="slash">{sentence}</Banner>;
}

/** Read out when the counts change, not with every figure. */
function Counts() {
  const sentence = useFleet(({ rows }) => headSentence(rows.values()));
  useEffect(() => {
    document.title = `${sentence} · SecLyzer fleet`;
  }, [sentence]);
  return (
    <p className="fleet-counts" aria-live="polite">
      {sentence}
    </p>
  );
}

export function FleetApp() {
  const id = useSyncExternalStore(subscribe, () => parseFleetRoute(window.location.hash));
  const version = useFleet((known) => known.head?.version ?? null);
  const known = useFleet(({ head }) => head?.redis.readMs !== null && head !== null);
  return (
    <div className="page fleet">
      <header className="header">
        <Shield />
        <h1>Fleet</h1>
        {known && <Counts />}
      </header>
      <Standing />
      {id === null ? <FleetList /> : <FleetHostPage key={id} id={id} />}
      <footer className="footer quiet">
        Read only: nothing on a host can be changed from here.
        {version !== null && ` SecLyzer ${version}`}
      </footer>
    </div>
  );
}
