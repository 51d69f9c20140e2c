// The frame around every page: the rail of places, the header, what must be known first, the page that the address names.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Page, Route } from '../route.ts';
import { announcement } from '../standing.ts';
import { useDashboard } from '../state.ts';
import { visibleText } from '../visible-text.ts';
import { Banners } from './banners.tsx';
import { LogGuard } from './guard/guard.tsx';
import { Header } from './header.tsx';
import { History } from './history/history.tsx';
import { Host } from './host/host.tsx';
import { LockCountdown } from './lock-countdown.tsx';
import { Now } from './now.tsx';
import { PLACES, Rail } from './rail.tsx';
import { Resources } from './resources/resources.tsx';
import { Settings } from './settings/settings.tsx';
import { useRoute } from './use-route.ts';
import { You } from './you/you.tsx';

const PAGES = {
  now: <Now />,
  resources: <Resources />,
  history: <History />,
  host: <Host />,
  guard: <LogGuard />,
  you: <You />,
  settings: <Settings />,
} satisfies Record<Page, ReactNode>;

function Announcer() {
  const said = useDashboard(announcement);
  const news = useDashboard(({ incidentNews }) => visibleText(incidentNews.sentence));
  return (
    <div className="unseen" aria-live="polite">
      <p>{said}</p>
      <p>{news}</p>
    </div>
  );
}

/** Whether the address names a part of its page, which then takes the focus itself. */
function namesPart(route: Route): boolean {
  switch (route.page) {
    case 'now':
      return route.part !== null;
    case 'history':
      return route.atMs !== null;
    case 'host':
      return route.anomaly !== null;
    case 'guard':
      return route.incident !== null;
    case 'resources':
    case 'you':
    case 'settings':
      return false;
  }
}

/** A reader that followed a link is put at the heading of the page that it led to, unless it names a part of that page. */
function useArrival(route: Route) {
  const { page } = route;
  const named = namesPart(route);
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useRef(page);
  const { title } = PLACES[page];
  useEffect(() => {
    document.title = page === 'now' ? 'SecLyzer' : `${title} · SecLyzer`;
    if (arrived.current === page) return;
    arrived.current = page;
    if (named) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [page, title, named]);
  return heading;
}

export function App() {
  const version = useDashboard((known) => known.snapshot?.version ?? null);
  const route = useRoute();
  const { page } = route;
  const heading = useArrival(route);
  return (
    <div className="frame">
      <Rail page={page} />
      <div className="page">
        <Header title={PLACES[page].title} heading={heading} />
        <Banners />
        {PAGES[page]}
        <footer className="footer quiet">
          A session monitor, not a login: it watches, it does not authenticate.
          {version !== null && ` SecLyzer ${version}`}
        </footer>
      </div>
      <Announcer />
      <LockCountdown />
    </div>
  );
}
