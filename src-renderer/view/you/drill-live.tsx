// A drill under way: the time left, what the colleague has typed, trust, alarms as they come; and its early end.
import type { Drill } from '../../../src-preload/contract.ts';
import { clockLeft } from '../../drill-phase.ts';
import type { DrillPhase } from '../../drill-phase.ts';
import { quantity, score } from '../../format.ts';
import { showDrill, useDashboard } from '../../state.ts';
import { STATE_SIGNS } from '../../words.ts';
import { SignWord } from '../sign.tsx';
import { Trouble } from '../trouble.tsx';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';
import { DrillAlarms } from './drill-alarms.tsx';

interface DrillLiveProps {
  readonly drill: Drill;
  readonly phase: Extract<DrillPhase, { readonly kind: 'handover' | 'running' }>;
}

const Clock = ({ phase }: Pick<DrillLiveProps, 'phase'>) => (
  <p className="drill-clock" role="timer">
    <strong>{phase.kind === 'handover' ? phase.seconds : clockLeft(phase.leftS)}</strong>
    <span className="quiet">{phase.kind === 'handover' ? 'seconds until it begins' : 'minutes left'}</span>
  </p>
);

function Figures({ keystrokes }: { readonly keystrokes: number }) {
  const trust = useDashboard(({ snapshot }) => snapshot?.trust ?? null);
  return (
    <dl className="drill-figures">
      <div>
        <dt>trust of 100</dt>
        <dd>{score(trust)}</dd>
      </div>
      <div>
        <dt>{keystrokes === 1 ? 'keystroke' : 'keystrokes'}</dt>
        <dd>{quantity(keystrokes)}</dd>
      </div>
    </dl>
  );
}

export function DrillLive({ drill, phase }: DrillLiveProps) {
  const client = useClient();
  const state = useDashboard(({ snapshot }) => snapshot?.state ?? null);
  const end = useAction(async () => showDrill(await client.call('endDrill')));
  return (
    <div className="drill-live">
      <div className="drill-now">
        <Clock phase={phase} />
        <Figures keystrokes={drill.keystrokes} />
      </div>
      <p className="drill-state">{state !== null && <SignWord sign={STATE_SIGNS[state]} />}</p>
      <p className="sentence" role="status">
        {drill.sentence}
      </p>
      <DrillAlarms alarms={drill.alarms} />
      <div className="drill-end">
        <button type="button" className="button" disabled={end.busy} onClick={end.run}>
          {phase.kind === 'handover' ? 'Cancel' : 'End it now'}
        </button>
        <Trouble text={end.trouble} />
      </div>
    </div>
  );
}
