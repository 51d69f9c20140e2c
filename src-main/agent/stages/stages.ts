// Where the stages work, as a part of the agent. In: the settings, the tap, and what comes over Redis. Out: the trust that decides where another's
// is to, windows for whoever sends them on, and how all of it stands. While all is local there is nothing of it.
import type { StagesView, UserSettings } from '../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../collect/keep-running.ts';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import type { Tap } from '../publish/outlets/tap.ts';
import type { LinkView, RedisLink } from '../publish/redis/redis-link.ts';
import { messageOf } from '../thrown.ts';
import { featuresStage, type FeaturesStage } from './features-stage.ts';
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
  /** Of the installation. */
  readonly id: () => string;
  readonly tap: Pick<Tap, 'listen'>;
  /** On the clock of the events. */
  readonly nowUs: () => number;
  readonly notice: (about: string, text: string | null) => void;
}

interface Running {
  readonly as: string;
  readonly features: FeaturesStage;
  readonly scoring: ScoringStage;
  readonly link: RedisLink;
  readonly deafen: () => void;
}

export function createStages({ settings, dataDir, id, tap, nowUs, notice }: StagesOptions): Stages {
  const listeners = new Set<(record: OutletRecord) => void>();
  let running: Running | null = null;
  let failure: string | null = null;
  let ended = false;
  let turn: Promise<void> = Promise.resolve();

  function trouble(): Trouble {
    if (failure !== null) return { reason: failure, fix: 'Look at the settings of Redis.' };
    if (running === null) return NO_REDIS;
    return troubleOf(running.link.view());
  }
  function tick(atUs: number): void {
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
    const now = trouble();
    const unused = (place: typeof features) => ({ place, ...UNUSED, ...(place === 'local' ? {} : now) });
    return {
      features: running?.features.view(now, nowUs()) ?? unused(features),
      scoring: running?.scoring.view(now, nowUs()) ?? unused(scoring),
    };
  }

  async function begin(redis: UserSettings['redis'] & { readonly url: string }, as: string): Promise<void> {
    const { listenForOutputs } = await import('./remote-outputs.ts');
    const { stages } = settings();
    const features = featuresStage(settings, (record) => {
      for (const listener of listeners) listener(record);
    });
    const scoring = scoringStage(settings, nowUs);
    const link = listenForOutputs({
      ...{ settings: redis, dataDir, id: id(), alarm: SYSTEM_ALARM, random: Math.random },
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
    running = { as, features, scoring, link, deafen };
  }
  function end(): void {
    running?.deafen();
    running?.features.release();
    running?.link.close();
    [running, failure] = [null, null];
    for (const about of ['features', 'scoring', 'remote']) notice(`stage-${about}`, null);
  }
  async function settle(): Promise<void> {
    const { stages, redis } = settings();
    const wanted = !ended && (stages.features !== 'local' || stages.scoring !== 'local');
    const as = wanted && redis.url !== null ? JSON.stringify([stages, redis]) : null;
    if (as !== null && running?.as === as) return;
    end();
    if (wanted && redis.url === null) notice('stage-remote', `Nothing can come from elsewhere: ${said(NO_REDIS)}`);
    if (as !== null && redis.url !== null) await begin({ ...redis, url: redis.url }, as);
  }
  const apply = (): Promise<void> =>
    (turn = turn.then(settle).catch((error: unknown) => {
      failure = messageOf(error);
      notice('stage-remote', `Nothing can come from elsewhere: ${failure}`);
    }));

  return {
    score: {
      at: (atUs) => {
        const isWanted = settings().stages.scoring === 'remote' && trouble().reason === null;
        return isWanted ? (running?.scoring.score.at(atUs) ?? null) : null;
      },
      reauthenticated: () => running?.scoring.score.reauthenticated(),
    },
    outlet: {
      listen: (listener) => {
        listeners.add(listener);
        const deafen = tap.listen((record) => {
          const isHeld = record.kind === 'features' && running?.features.holds(record) === true;
          if (!isHeld) listener(record);
        });
        return () => {
          listeners.delete(listener);
          deafen();
        };
      },
    },
    apply,
    view,
    stop: async () => {
      ended = true;
      await apply();
    },
  };
}

const said = ({ reason, fix }: Trouble): string => `${reason ?? 'unknown reason'}. ${fix ?? 'It is tried again.'}`;

const troubleOf = ({ status, reason, fix }: LinkView): Trouble =>
  status === 'connected'
    ? { reason: null, fix: null }
    : { reason: reason ?? 'the connection to Redis is being made', fix };
