// A host as a row of the list: who, how it stands, its trust with the band, what is open on it, what it costs. The whole row leads to it.
import { memo } from 'react';
import type { FleetRow, FleetRowView } from '../../../src-preload/fleet.ts';
import { fleetHref } from '../../fleet/fleet-route.ts';
import {
  alertNote,
  alertSign,
  budgetFleetSign,
  budgetNote,
  needTone,
  sinceText,
  stateNote,
  stateSign,
} from '../../fleet/fleet-words.ts';
import { needOf, NEEDS_A_LOOK } from '../../fleet/need.ts';
import { score, UNKNOWN } from '../../format.ts';
import { visibleText } from '../../visible-text.ts';
import { SignWord } from '../sign.tsx';
import { keepPlace } from './use-kept-place.ts';

const rangeText = ({ trust, low, high }: FleetRowView): string => {
  if (trust === null) return 'no score yet';
  return low === null || high === null ? '' : `${score(low)} to ${score(high)}`;
};

function TrustCell({ view }: { readonly view: FleetRowView }) {
  const { trust, low, high } = view;
  return (
    <span className="fleet-trust">
      <span className="unseen">Trust</span>
      <span className="fleet-score">{score(trust)}</span>
      <span className="fleet-bar" aria-hidden="true">
        {trust !== null && <span className="fleet-bar-fill" style={{ width: `${trust}%` }} />}
        {low !== null && high !== null && (
          <span className="fleet-bar-band" style={{ left: `${low}%`, width: `${high - low}%` }} />
        )}
      </span>
      <span className="quiet fleet-note">{rangeText(view)}</span>
    </span>
  );
}

function Known({ view }: { readonly view: FleetRowView }) {
  return (
    <>
      <TrustCell view={view} />
      <span className="fleet-two">
        <span className="unseen">Alerts:</span>
        <SignWord sign={alertSign(view)} />
        <span className="quiet fleet-note">{alertNote(view)}</span>
      </span>
      <span className="fleet-two">
        <span className="unseen">Budget:</span>
        <SignWord sign={budgetFleetSign(view)} />
        <span className="quiet fleet-note">{budgetNote(view)}</span>
      </span>
    </>
  );
}

interface FleetRowProps {
  readonly row: FleetRow;
  /** The beginning of this hour: a time of another day is written with its day. */
  readonly hourMs: number;
  /** Pixels from the beginning of the list. */
  readonly top: number;
  /** Its number in the list, from 1, for who cannot see how long that is. */
  readonly at: number;
  readonly of: number;
  /** Whether what is shown is of now. */
  readonly live: boolean;
}

export const FleetRowItem = memo(function FleetRowItem({ row, hourMs, top, at, of, live }: FleetRowProps) {
  const { id, host, user, silent, heardMs, view } = row;
  const sign = stateSign(row);
  const needy = needOf(row) >= NEEDS_A_LOOK;
  return (
    <li
      className={`fleet-row${silent ? ' silent' : ''}${needy ? ` needy tone-${needTone(row)}` : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-posinset={at}
      aria-setsize={of}
      data-host={id}
    >
      <a id={`host-${id}`} className="fleet-grid fleet-link" href={fleetHref(id)} onClick={() => keepPlace(id)}>
        <span className="fleet-two">
          <strong className="fleet-name">{host === null ? 'Unknown host' : visibleText(host)}</strong>
          <span className="quiet fleet-note">{user === null ? id.slice(0, 8) : visibleText(user)}</span>
        </span>
        <span className="fleet-two">
          <SignWord sign={sign} />
          <span className="quiet fleet-note">{stateNote(row, hourMs)}</span>
        </span>
        {view !== null && !silent && <Known view={view} />}
        <span className="quiet fleet-note fleet-heard">
          <span className="unseen">Heard of: </span>
          {silent ? `since ${sinceText(heardMs, hourMs)}` : live ? 'now' : UNKNOWN}
        </span>
      </a>
    </li>
  );
});
