// The frame of a group of settings: title, what came of the last change, the way back to the defaults.
import type { ReactNode } from 'react';
import { defaultOf, isDefault } from '../../settings-form.ts';
import type { GroupName } from '../../settings-form.ts';
import type { UserSettings } from '../../../src-preload/contract.ts';
import { AgentFields } from './agent-fields.tsx';
import { refusalAt } from './use-group.ts';
import type { Group, Outcome } from './use-group.ts';

/** The field name under which a refusal of the defaults is said. */
const DEFAULTS = 'defaults';

const OUTCOME_WORDS = { saving: 'Saving', saved: 'Saved', refused: 'Not saved' } satisfies Record<
  Outcome['kind'],
  string
>;

/** Of several groups in one panel, the one that has something to say. */
const telling = (outcomes: readonly (Outcome | null)[]): Outcome | null =>
  outcomes.find((outcome) => outcome !== null && outcome.kind !== 'saved') ?? outcomes.find(Boolean) ?? null;

interface GroupPanelProps {
  readonly id: string;
  readonly title: string;
  readonly intro: ReactNode;
  readonly outcomes: readonly (Outcome | null)[];
  /** Absent where every group stands at its defaults. */
  readonly reset?: (() => void) | undefined;
  readonly children: ReactNode;
  /** What stands below the settings and needs no agent. */
  readonly below?: ReactNode;
}

export function GroupPanel({ id, title, intro, outcomes, reset, children, below }: GroupPanelProps) {
  const outcome = telling(outcomes);
  const refusal = refusalAt(outcome, DEFAULTS);
  return (
    <section className="panel" aria-labelledby={`${id}-title`}>
      <AgentFields>
        <div className="settings-head">
          <h2 id={`${id}-title`}>{title}</h2>
          <span className="quiet" role="status">
            {outcome !== null && OUTCOME_WORDS[outcome.kind]}
          </span>
          <button type="button" className="button slight" disabled={reset === undefined} onClick={reset}>
            Back to defaults
          </button>
        </div>
        <p className="quiet">{intro}</p>
        {children}
        {refusal !== null && (
          <p className="trouble" role="alert">
            Not saved: {refusal}
          </p>
        )}
      </AgentFields>
      {below}
    </section>
  );
}

/** Puts a group back; undefined where it stands at its defaults already. */
export const resetOf = <K extends GroupName>(
  name: K,
  group: Group<K>,
  settings: UserSettings,
): (() => void) | undefined => (isDefault(name, settings) ? undefined : () => group.save(DEFAULTS, defaultOf(name)));
