// Whether a decision was an alarm that the owner may call a false one. Out: the alarm as the agent knows it; null where it is none.
import { useEffect } from 'react';
import type { Alarm, Decision } from '../../../src-preload/contract.ts';
import { fetchLearning, inWords, useDashboard } from '../../state.ts';
import { useClient } from '../use-client.ts';

export function useAlarmAt({ atMs, to }: Decision): Alarm | null {
  const client = useClient();
  const known = useDashboard(({ learning }) => learning !== null);
  const up = useDashboard(({ link }) => link === 'up');
  const alarm = useDashboard(({ learning }) => learning?.alarms.find((one) => one.atMs === atMs) ?? null);
  const mayBeOne = to === 'RESTRICTED' || to === 'LOCKDOWN';
  useEffect(() => {
    if (!mayBeOne || known || !up) return;
    // Without it the moment is explained all the same; the page You says what is wrong.
    fetchLearning(client).catch((error: unknown) => console.info(`The alarms could not be read: ${inWords(error)}`));
  }, [client, mayBeOne, known, up]);
  return alarm;
}
