// The places of the dashboard, each an icon and its word; under 640 px a bar at the foot of the window.
import type { Page, Place, Route } from '../route.ts';
import { hrefOf, placeOf } from '../route.ts';
import { PlaceIcon, Shield } from './icons.tsx';

interface Titled {
  readonly title: string;
  readonly route: Route;
}

export const PLACES = {
  now: { title: 'Now', route: { page: 'now', part: null } },
  resources: { title: 'Resources', route: { page: 'resources' } },
  history: { title: 'History', route: { page: 'history', atMs: null } },
  host: { title: 'Host', route: { page: 'host', anomaly: null } },
  guard: { title: 'Log guard', route: { page: 'guard', incident: null } },
  you: { title: 'You', route: { page: 'you' } },
  settings: { title: 'Settings', route: { page: 'settings' } },
} as const satisfies Record<Page, Titled>;

const ORDER = ['now', 'history', 'host', 'guard', 'you', 'settings'] as const satisfies readonly Place[];

/** Of a page that is opened from this place it is said that it lies within. */
const currentOf = (place: Place, page: Page): 'page' | 'true' | undefined =>
  place === page ? 'page' : placeOf(page) === place ? 'true' : undefined;

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
            <a href={hrefOf(PLACES[place].route)} aria-current={currentOf(place, page)}>
              <PlaceIcon page={place} />
              {PLACES[place].title}
            </a>
          </li>
        ))}
      </ul>
    </div>
  </nav>
);
