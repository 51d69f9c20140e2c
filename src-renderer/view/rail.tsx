// The places of the dashboard, each an icon and its word; under 640 px a bar at the foot of the window.
import type { Page, Route } from '../route.ts';
import { hrefOf } from '../route.ts';
import { PlaceIcon, Shield } from './icons.tsx';

interface Place {
  readonly title: string;
  readonly route: Route;
}

export const PLACES = {
  now: { title: 'Now', route: { page: 'now', part: null } },
  history: { title: 'History', route: { page: 'history', atMs: null } },
  you: { title: 'You', route: { page: 'you' } },
  settings: { title: 'Settings', route: { page: 'settings' } },
} as const satisfies Record<Page, Place>;

const ORDER = ['now', 'history', 'you', 'settings'] as const satisfies readonly Page[];

export const Rail = ({ page }: { readonly page: Page }) => (
  <nav className="rail" aria-label="SecLyzer">
    <div className="rail-places">
      <p className="brand">
        <Shield />
        <span className="unseen">SecLyzer</span>
      </p>
      <ul className="plain">
        {ORDER.map((place) => (
          <li key={place}>
            <a href={hrefOf(PLACES[place].route)} aria-current={place === page ? 'page' : undefined}>
              <PlaceIcon page={place} />
              {PLACES[place].title}
            </a>
          </li>
        ))}
      </ul>
    </div>
  </nav>
);
