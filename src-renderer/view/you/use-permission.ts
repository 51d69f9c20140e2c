// Whether what is known of the owner may be changed now. Out: why not, null where it may; and whether anybody is there to ask.
import { useDashboard } from '../../state.ts';

export interface Permission {
  /** The agent's sentence. */
  readonly refusal: string | null;
  readonly may: boolean;
  /** Whether there is anybody to ask: a name may be changed without the password. */
  readonly up: boolean;
}

export function usePermission(): Permission {
  const refusal = useDashboard(({ learning }) => learning?.refusal ?? null);
  const up = useDashboard(({ link, absence }) => link === 'up' && absence === null);
  return { refusal, may: up && refusal === null, up };
}
