// “That was me”: the alarm was a false one, and what came in then is learned from. Beside it why that cannot be said now.
import { useId, useState } from 'react';
import type { Alarm } from '../../src-preload/contract.ts';
import { fetchLearning } from '../state.ts';
import { Trouble } from './trouble.tsx';
import { useAction } from './use-action.ts';
import { useClient } from './use-client.ts';
import { usePermission } from './you/use-permission.ts';

interface ThatWasMeProps {
  readonly alarm: Alarm;
  /** Where the agent's refusal is said already, the id of that place. */
  readonly refusalId?: string | undefined;
}

const NOTED_ONLY = 'Too long ago to learn from: it will only be noted.';

export function ThatWasMe({ alarm: { atMs, verdict, canTeach }, refusalId }: ThatWasMeProps) {
  const client = useClient();
  const id = useId();
  const { refusal, may } = usePermission();
  const [said, setSaid] = useState<string | null>(null);
  const confirm = useAction(async () => {
    setSaid(await client.call('thatWasMe', { atMs }));
    await fetchLearning(client);
  });
  const remark = refusalId === undefined && refusal !== null ? refusal : canTeach ? null : NOTED_ONLY;
  return (
    <div className="that-was-me">
      {verdict === null && said === null ? (
        <button
          type="button"
          className="button"
          disabled={!may || confirm.busy}
          aria-describedby={refusal !== null && refusalId !== undefined ? refusalId : id}
          onClick={confirm.run}
        >
          That was me
        </button>
      ) : null}
      <p className="quiet" id={id} role="status">
        {said ?? (verdict === 'owner' ? 'You have said that this was you.' : remark)}
      </p>
      <Trouble text={confirm.trouble} />
    </div>
  );
}
