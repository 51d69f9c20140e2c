// The impostor drill: what it is and its start, the colleague's minutes as they go by, what came of it.
import { useEffect, useId, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Drill as DrillView } from '../../../src-preload/contract.ts';
import { drillPhase, MINUTES_RULE, readMinutes } from '../../drill-phase.ts';
import type { DrillPhase } from '../../drill-phase.ts';
import { score } from '../../format.ts';
import { fetchDrill, showDrill, useDashboard } from '../../state.ts';
import { Trouble } from '../trouble.tsx';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';
import { useFresh } from '../use-fresh.ts';
import { useAgentNowMs } from '../use-now.ts';
import { DrillAlarms } from './drill-alarms.tsx';
import { DrillLive } from './drill-live.tsx';

const TICK_MS = 250;

function Start({ again }: { readonly again: boolean }) {
  const client = useClient();
  const id = useId();
  const up = useDashboard(({ link, absence }) => link === 'up' && absence === null);
  const [typed, setTyped] = useState('2');
  const minutes = readMinutes(typed);
  const start = useAction(async () => {
    if (minutes !== null) showDrill(await client.call('startDrill', { minutes }));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (minutes !== null) start.run();
  };
  return (
    <form className="drill-start" onSubmit={submit}>
      <label htmlFor={id}>For</label>
      <span className="setting-input">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          value={typed}
          autoComplete="off"
          aria-invalid={minutes === null}
          aria-describedby={`${id}-rule`}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <span>min</span>
      </span>
      <button type="submit" className="button" disabled={!up || minutes === null || start.busy}>
        {again ? 'Start another drill' : 'Start the drill'}
      </button>
      <p className={minutes === null ? 'trouble' : 'quiet'} id={`${id}-rule`}>
        {minutes === null ? MINUTES_RULE : 'It begins after 5 seconds, in which you hand over the keyboard.'}
      </p>
      <Trouble text={start.trouble} />
    </form>
  );
}

function Outcome({ drill: { sentence, alarms, lowestTrust, startedMs, endedMs } }: { readonly drill: DrillView }) {
  const began = endedMs !== null && endedMs >= startedMs;
  return (
    <div className="drill-outcome">
      <h3>{began ? 'What came of it' : 'The last drill'}</h3>
      <p className="sentence">{sentence}</p>
      {began && lowestTrust !== null && <p className="quiet">Lowest trust: {score(lowestTrust)} of 100.</p>}
      <DrillAlarms alarms={alarms} />
    </div>
  );
}

const Explanation = () => (
  <p>
    Would it notice somebody else? Let a colleague sit down and work as they would at their own desk. You are told when
    they were noticed, and by what. Nothing is learned meanwhile, and every alarm is real: where you have turned locking
    on, the screen locks.
  </p>
);

/** Somebody else is at the keyboard: what they type must press no button, so the focus goes to the heading. */
function useFocusAtStart(kind: DrillPhase['kind']) {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(kind);
  useEffect(() => {
    const began = kind === 'handover' && last.current !== 'handover';
    last.current = kind;
    if (began) heading.current?.focus();
  }, [kind]);
  return heading;
}

export function Drill() {
  const trouble = useFresh(fetchDrill);
  const drill = useDashboard((known) => known.drill);
  const underWay = drill !== null && drill.endedMs === null;
  const phase = drillPhase(drill, useAgentNowMs(underWay ? TICK_MS : undefined));
  const heading = useFocusAtStart(phase.kind);
  const live = phase.kind === 'handover' || phase.kind === 'running';
  return (
    <section className="panel drill" aria-labelledby="drill-title">
      <h2 id="drill-title" ref={heading} tabIndex={-1}>
        Impostor drill
      </h2>
      {live && drill !== null ? (
        <DrillLive drill={drill} phase={phase} />
      ) : (
        <>
          {phase.kind === 'over' && drill !== null ? <Outcome drill={drill} /> : <Explanation />}
          <Start again={phase.kind === 'over'} />
          {trouble !== null && <p className="trouble">{trouble}</p>}
        </>
      )}
    </section>
  );
}
