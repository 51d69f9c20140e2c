// What each choice of where a stage works means, and why one does not work as it stands.
import type { Ability, SettingsView, StagePlace } from '../src-preload/contract.ts';
import { counted, quantity } from './format.ts';

export const PLACES = ['local', 'both', 'remote'] as const satisfies readonly StagePlace[];

export type StageName = 'scoring' | 'features';

export const STAGE_TITLES = {
  scoring: 'Who scores',
  features: 'Who measures the mouse',
} as const satisfies Record<StageName, string>;

export const PLACE_TITLES = {
  local: 'This machine',
  both: 'This machine, compared with others',
  remote: 'Others',
} as const satisfies Record<StagePlace, string>;

export const PLACE_EFFECTS = {
  scoring: {
    local: 'It scores and decides by itself.',
    both: 'It decides. Each score that scorers send back is compared with its own, and you are told when they differ much.',
    remote:
      'Scorers decide for as long as their last score is fresh. When scores or Redis fail to come, this machine decides at once.',
  },
  features: {
    local: 'Windows for a database are those of this machine.',
    both: 'What another extractor makes of the same mouse is compared with them.',
    remote:
      'A database has the windows of the other extractor where they come within four seconds. Typing is always measured here.',
  },
} as const satisfies Record<StageName, Record<StagePlace, string>>;

const NO_REDIS: Ability = { available: false, reason: 'no Redis is named', fix: 'Put its address under Redis.' };

type Told = Pick<SettingsView, 'settings' | 'collecting' | 'stages'>;

/** Of sending windows to scorers. */
export function collectAbility({ settings, collecting }: Told): Ability {
  if (settings.redis.url === null) return NO_REDIS;
  return { available: true, reason: collecting.wanted ? collecting.reason : null, fix: null };
}

const WHAT_GOES =
  'Half-minutes of figures, sealed with the key of the fleet, go to scorers, which learn and score you as this machine does. No keys, titles or text.';

export function collectSentence({ wanted, byRole, sent, waiting, dropped }: SettingsView['collecting']): string {
  const role = byRole ? ' The program was started as a collector and sends them whatever stands here.' : '';
  if (!wanted) return WHAT_GOES;
  const parts = [`${counted(sent, 'entry', 'entries')} taken since the start`];
  if (waiting > 0) parts.push(`${quantity(waiting)} waiting in memory`);
  if (dropped > 0) parts.push(`${quantity(dropped)} let go because too many waited`);
  return `${WHAT_GOES} ${parts.join(', ')}.${role}`;
}

/** Of a stage that is to work elsewhere, or to be compared; how it stands says stageSentence. */
export function stageAbility(stage: StageName, { settings, collecting, stages }: Told): Ability {
  if (settings.redis.url === null) return NO_REDIS;
  if (stage === 'scoring' && stages.scoring.place !== 'local' && !collecting.wanted)
    return {
      ...{ available: true, reason: 'nothing goes to scorers from here, so none can answer' },
      fix: 'Turn on “Send windows to scorers”.',
    };
  return { available: true, reason: null, fix: null };
}
