// “Acknowledge”: somebody has seen the incident; and the way back. Beside it since when, and why it was not done where it was not.
import type { Incident } from '../../../src-preload/contract.ts';
import { acknowledge, useDashboard } from '../../state.ts';
import { Ago } from '../time.tsx';
import { Trouble } from '../trouble.tsx';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';
import { useNowMs } from '../use-now.ts';

export function Acknowledge({ incident: { id, acknowledgedMs } }: { readonly incident: Incident }) {
  const client = useClient();
  const up = useDashboard(({ link, absence }) => link === 'up' && absence === null);
  const nowMs = useNowMs();
  const seen = acknowledgedMs !== null;
  const action = useAction(() => acknowledge(client, id, !seen));
  return (
    <div className="acknowledge">
      <span className="quiet" role="status">
        {acknowledgedMs !== null && (
          <>
            Acknowledged <Ago atMs={acknowledgedMs} nowMs={nowMs} />
          </>
        )}
      </span>
      <button type="button" className="button" disabled={!up || action.busy} onClick={action.run}>
        {seen ? 'Undo' : 'Acknowledge'}
      </button>
      <Trouble text={action.trouble} />
    </div>
  );
}
