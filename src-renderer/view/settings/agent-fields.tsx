// Settings and deeds that the agent carries out: without one they cannot be changed, for nobody would keep what was changed.
import type { ReactNode } from 'react';
import { useDashboard } from '../../state.ts';

export function AgentFields({ children }: { readonly children: ReactNode }) {
  const up = useDashboard(({ link, absence }) => link === 'up' && absence === null);
  return (
    <fieldset className="settings-group" disabled={!up}>
      {children}
    </fieldset>
  );
}
