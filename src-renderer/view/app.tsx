// The frame around every page. A rail of pages has its column to the left of `page`.
import { useDashboard } from '../state.ts';
import { announcement } from '../words.ts';
import { Header, Banner } from './header.tsx';
import { Now } from './now.tsx';

function Announcer() {
  const said = useDashboard(announcement);
  return (
    <p className="unseen" aria-live="polite">
      {said}
    </p>
  );
}

export function App() {
  const version = useDashboard((known) => known.snapshot?.version ?? null);
  return (
    <div className="frame">
      <div className="page">
        <Header />
        <Banner />
        <Now />
        <footer className="footer quiet">
          A session monitor, not a login: it watches, it does not authenticate.
          {version !== null && ` SecLyzer ${version}`}
        </footer>
      </div>
      <Announcer />
    </div>
  );
}
