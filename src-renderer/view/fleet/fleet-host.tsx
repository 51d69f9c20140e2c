// One host: its trust now and over the last hour, what its modalities say, what it decided and why, what is open on it, what it costs.
import { useEffect, useRef } from 'react';
import type { FleetHost, HostPresence } from '../../../src-preload/fleet.ts';
import { fleetHref } from '../../fleet/fleet-route.ts';
import { sinceText, stateSign } from '../../fleet/fleet-words.ts';
import { dayAndTime, duration, score } from '../../format.ts';
import { visibleText } from '../../visible-text.ts';
import { bandText, SOURCE_BANNERS } from '../../words.ts';
import { Dial } from '../dial.tsx';
import { SignWord } from '../sign.tsx';
import { HostAlerts } from './host-alerts.tsx';
import { HostBudget } from './host-budget.tsx';
import { HostDecisions } from './host-decisions.tsx';
import { HostModalities } from './host-modalities.tsx';
import { TrustLine } from './trust-line.tsx';
import { useFleetHost } from './use-fleet-host.ts';
import { useIsFleetLive } from './use-fleet-live.ts';
import { useNowMs } from '../use-clock.ts';

const ROLE_WORDS = {
  all: 'decides on its own',
  collector: 'collects, and is scored centrally as well',
  scorer: 'scores others',
} satisfies Record<HostPresence['role'], string>;

function Facts({ presence }: { readonly presence: HostPresence }) {
  const { user, version, role, source, startedMs, id } = presence;
  const input = SOURCE_BANNERS[source];
  return (
    <p className="quiet">
      {visibleText(user)} · SecLyzer {visibleText(version)}, {ROLE_WORDS[role]}, started {dayAndTime(startedMs)}.
      {input !== null && ` ${input}`} Installation {id}.
    </p>
  );
}

function Hero({
  host: { row, presence, history, sinceMs },
  nowMs,
}: {
  readonly host: FleetHost;
  readonly nowMs: number;
}) {
  const sign = stateSign(row);
  const { trust, low, high } = presence ?? { trust: null, low: null, high: null };
  const band = bandText(low, high);
  const label =
    trust === null ? 'No trust score' : `Trust ${Math.floor(trust)} of 100${band === null ? '' : `, ${band}`}`;
  return (
    <div className="fleet-hero">
      <section className={`panel gauge tone-${sign.tone}`} aria-label="Trust">
        <Dial trust={trust} low={low} high={high} label={`${label}. ${sign.word}.`} />
        <p className="state-line">
          <SignWord sign={sign} />
          <span className="quiet">
            {row.silent || presence === null
              ? `since ${sinceText(row.heardMs, nowMs)}`
              : `for ${duration(nowMs - presence.sinceMs)}`}
          </span>
        </p>
        <p className="gauge-note quiet">{band === null ? '' : `Most likely ${score(low)} to ${score(high)}`}</p>
      </section>
      <TrustLine points={history} sinceMs={sinceMs} nowMs={nowMs} />
    </div>
  );
}

const NOTHING_KNOWN =
  'This host fell silent before the viewer started: only its name is known. It comes back by itself when SecLyzer runs there and reaches Redis.';

function Body({ host, nowMs }: { readonly host: FleetHost; readonly nowMs: number }) {
  const { row, presence } = host;
  if (presence === null) return <p className="panel">{NOTHING_KNOWN}</p>;
  return (
    <>
      <Facts presence={presence} />
      {row.silent && (
        <p className="quiet">
          Not heard of since {dayAndTime(row.heardMs)}. What follows is how it was then. The machine is off or asleep,
          SecLyzer has ended without signing off, or the machine does not reach Redis.
        </p>
      )}
      <div className={row.silent ? 'fleet-parts not-live' : 'fleet-parts'}>
        <Hero host={host} nowMs={nowMs} />
        <HostModalities presence={presence} />
        <HostBudget presence={presence} />
        <HostDecisions decisions={presence.decisions} nowMs={nowMs} />
        <HostAlerts presence={presence} nowMs={nowMs} />
      </div>
    </>
  );
}

export function FleetHostPage({ id }: { readonly id: string }) {
  const { host, trouble } = useFleetHost(id);
  const nowMs = useNowMs();
  const live = useIsFleetLive();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  const name = host?.row.host ?? null;
  return (
    <main className={live ? 'fleet-host' : 'fleet-host not-live'}>
      <p>
        <a href={fleetHref(null)}>All hosts</a>
      </p>
      <h2 className="fleet-title" ref={heading} tabIndex={-1}>
        {name === null ? 'Host' : visibleText(name)}
      </h2>
      {trouble !== null && <p className="trouble">{trouble}</p>}
      {host === null && <p className="panel">This host is not in the list any more: it has signed off.</p>}
      {host !== null && host !== undefined && <Body host={host} nowMs={nowMs} />}
    </main>
  );
}
