// What the parts of the agent know of learning in, what the dashboard shows of it out.
import type { Alarm, Learning, LearnedModality, Profile } from '../../../src-preload/contract.ts';
import { standingSentence } from '../act/learning-words.ts';
import { EVENT_UNITS } from '../settings.ts';
import { SHARED } from '../store/store.ts';
import type { Track } from '../track.ts';
import type { ProfileEntry, Profiles } from './profiles.ts';

export interface LearningParts {
  readonly tracks: readonly Pick<Track, 'modality' | 'shared' | 'standing'>[];
  readonly profiles: Pick<Profiles, 'list' | 'learning' | 'inUse' | 'taught' | 'isKnown'>;
  readonly alarms: readonly Alarm[];
  readonly refusal: string | null;
}

export function learningView({ tracks, profiles, alarms, refusal }: LearningParts): Learning {
  return {
    profiles: profiles.list().map(({ id, name, createdMs }): Profile => ({
      id: String(id),
      ...{ name, createdMs, status: statusOf(id, profiles) },
      modalities: tracks.filter(({ shared }) => !shared).map((track) => learnedBy(track, id)),
    })),
    shared: tracks.filter(({ shared }) => shared).map((track) => learnedBy(track, SHARED)),
    alarms: [...alarms],
    refusal,
  };
}

function statusOf(id: ProfileEntry['id'], profiles: LearningParts['profiles']): Profile['status'] {
  if (id === profiles.learning()) return 'learning';
  if (id === profiles.inUse()) return 'in-use';
  return id === profiles.taught() && !profiles.isKnown(id) ? 'learning' : 'resting';
}

function learnedBy({ modality, standing }: LearningParts['tracks'][number], profile: number): LearnedModality {
  const known = standing(profile);
  const { maturity, have, need, versions } = known;
  return {
    ...{ modality, maturity, have, need, unit: EVENT_UNITS[modality] },
    sentence: standingSentence(modality, known),
    versions: versions.map(({ version, createdMs, why, events, accuracy }, i) => ({
      ...{ version, createdMs, why, events, accuracy, inUse: i === 0 && maturity !== 'none' },
    })),
  };
}
