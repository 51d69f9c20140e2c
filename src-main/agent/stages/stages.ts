// Where the stages work, as a part of the agent. In: the settings, the tap, and what comes over Redis. Out: the trust that decides where another's
// is to, windows for whoever sends them on, and how all of it stands. While all is local there is nothing of it.
import type { StagesView, UserSettings } from '../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import { keepInStep, named } from '../publish/outlets/in-step.ts';
import type { Tap } from '../publish/outlets/tap.ts';
import type { LinkView, RedisLink } from '../publish/redis/redis-link.ts';
import type { RedisSettings } from '../publish/redis/redis-target.ts';
import { featuresStage, type FeaturesStage } from './features-stage.ts';
import type { SubjectFacts } from '../roles/partitions.ts';
import type { RemoteScore } from './remote-score.ts';
import { scoringStage, type ScoringStage } from './scoring-stage.ts';
import { NO_REDIS, UNUSED, type StageSettings, type Trouble } from './stage.ts';

export interface Stages {
  readonly score: RemoteScore;
  /** The records of the tap; windows of the mouse as they were measured elsewhere, where that is chosen and they come in time. */
  readonly outlet: Pick<Tap, 'listen'>;
  /** Puts the settings in force into effect. Never rejects: what can't be had is in `view`. */
  readonly apply: () => Promise<void>;
  readonly view: () => StagesView;
  readonly stop: () => Promise<void>;
}

export interface StagesOptions {
  readonly settings: () => StageSettings & Pick<UserSettings, 'redis'>;
  readonly dataDir: string;
  /** Whose outputs are listened to. */
  readonly names: () => SubjectFacts;
  readonly tap: Pick<Tap, 'listen'>;
  /** On the clock of the events. */
  readonly nowUs: () => number;
  readonly notice: (about: string, text: string | null) => void;
}

interface Running {
  readonly features: FeaturesStage;
  readonly scoring: ScoringStage;
  readonly link: RedisLink;
  readonly stop: () => Promise<void>;
}

interface Wanted {
  readonly stages: UserSettings['stages'];
  readonly redis: RedisSettings;
}

export function createStages({ settings, dataDir, names, tap, nowUs, notice }: StagesOptions): Stages {
  const listeners = new Set<(record: OutletRecord) => void>();
  function trouble(): Trouble {
    const failure = inStep.trouble();
    if (failure !== null) return { reason: failure, fix: 'Look at the settings of Redis.' };
    const running = inStep.running();
    return running === null ? NO_REDIS : troubleOf(running.link.view());
  }
  function tick(atUs: number): void {
    const running = inStep.running();
    if (running === null) return;
    for (const stage of ['features', 'scoring'] as const) {
      running[stage].tick(atUs);
      notice(`stage-${stage}`, running[stage].notice());
    }
    const { scoring } = view();
    // A scorer that has nothing to score is silent, and that is nothing to be told of; a connection that is gone is.
    const isGone = scoring.place === 'remote' && scoring.uses === 'local' && trouble().reason !== null;
    notice('stage-remote', isGone ? `The score of this machine decides: ${said(scoring)}` : null);
  }
  function view(): StagesView {
    const { features, scoring } = settings().stages;
    const [now, running] = [trouble(), inStep.running()];
    const unused = (place: typeof features) => ({ place, ...UNUSED, ...(place === 'local' ? {} : now) });
    return {
      features: running?.features.view(now, nowUs()) ?? unused(features),
      scoring: running?.scoring.view(now, nowUs()) ?? unused(scoring),
    };
  }

  const isWanted = ({ features, scoring }: UserSettings['stages']): boolean =>
    features !== 'local' || scoring !== 'local';

  async function begin({ stages, redis }: Wanted): Promise<Running> {
    const { listenForOutputs } = await import('./remote-outputs.ts');
    const features = featuresStage(settings, (record) => {
      for (const listener of listeners) listener(record);
    });
    const scoring = scoringStage(settings, nowUs);
    const link = listenForOutputs({
      ...{ settings: redis, dataDir, names: names(), alarm: SYSTEM_ALARM, random: Math.random },
      refuse: scoring.refuse,
      isOpen: (open) => notice('stage-open', open === true ? OPEN : null),
      wants: { features: stages.features !== 'local', scores: stages.scoring !== 'local' },
      take: (found) => {
        const record = { ...found, subject: '' };
        features.hear(record);
        scoring.hear(record);
      },
    });
    const deafen = tap.listen((record) => {
      features.overhear(record);
      scoring.overhear(record);
      // One comes with each tick.
      if (record.kind === 'score') tick(record.ts);
    });
    return {
      ...{ features, scoring, link },
      stop: async () => {
        deafen();
        features.release();
        link.close();
      },
    };
  }
  const inStep = keepInStep({
    settings: (): Wanted | null => {
      const { stages } = settings();
      const redis = named(settings().redis);
      return redis !== null && isWanted(stages) ? { stages, redis } : null;
    },
    begin,
    cleared: () => {
      for (const about of ['features', 'scoring', 'remote', 'open']) notice(`stage-${about}`, null);
    },
    ended: () => {
      if (isWanted(settings().stages) && settings().redis.url === null)
        notice('stage-remote', `Nothing can come from elsewhere: ${said(NO_REDIS)}`);
    },
    failed: (message) => notice('stage-remote', `Nothing can come from elsewhere: ${message}`),
  });

  return {
    score: {
      at: (atUs) => {
        const isUsed = settings().stages.scoring === 'remote' && trouble().reason === null;
        return isUsed ? (inStep.running()?.scoring.score.at(atUs) ?? null) : null;
      },
      reauthenticated: () => inStep.running()?.scoring.score.reauthenticated(),
    },
    outlet: {
      listen: (listener) => {
        listeners.add(listener);
        const deafen = tap.listen((record) => {
          const isHeld = record.kind === 'features' && inStep.running()?.features.holds(record) === true;
          if (!isHeld) listener(record);
        });
        return () => {
          listeners.delete(listener);
          deafen();
        };
      },
    },
    apply: inStep.apply,
    view,
    stop: inStep.stop,
  };
}

const OPEN =
  'Any machine with a password like that of this one could speak for a scorer: give that Redis the users of assets/redis/seclyzer-roles.conf. ' +
  'See seclyzer redis --check.';

const said = ({ reason, fix }: Trouble): string => `${reason ?? 'unknown reason'}. ${fix ?? 'It is tried again.'}`;

const troubleOf = ({ status, reason, fix }: LinkView): Trouble =>
  status === 'connected'
    ? { reason: null, fix: null }
    : { reason: reason ?? 'the connection to Redis is being made', fix };
