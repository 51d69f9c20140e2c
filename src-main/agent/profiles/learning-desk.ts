// What the user may do about what is known of him: profiles, versions of models, and "that was me". In: his wishes, each behind a
// re-authentication, and what the pipeline does. Out: what the dashboard shows of it, and a line in the log for every act.
import type { Alarm, Learning, Modality } from '../../../src-preload/contract.ts';
import { counted } from '../act/learning-words.ts';
import { MODALITY_WORDS } from '../act/sentence.ts';
import type { Audit } from '../audit.ts';
import type { Pipeline, Tick } from '../pipeline.ts';
import { SHARED, type Store } from '../store/store.ts';
import { messageOf } from '../thrown.ts';
import type { Track } from '../track.ts';
import { learningView } from './learning-view.ts';
import type { Profiles } from './profiles.ts';
import { isAlarm, type Episode, type Vouching } from './vouching.ts';

export interface LearningDeskParts {
  readonly store: Store;
  readonly tracks: readonly Track[];
  readonly profiles: Profiles;
  readonly vouching: Vouching;
  /** Whether the modality is spoken of even where nothing is known of it. */
  readonly shown: (modality: Modality) => boolean;
  /** No training is under way any more. */
  readonly settled: () => Promise<void>;
  /** No window spans what was before and what comes. */
  readonly interrupt: () => void;
  /** Why nothing that changes what is known of the owner may be done now; null when it may. */
  readonly refusal: () => string | null;
  /** Why nothing at all may be changed now; null when it may. */
  readonly doubt: () => string | null;
  readonly retrain: Pipeline['retrain'];
  readonly audit: Audit;
  /** The present on the clock of the events. */
  readonly nowMs: () => number;
  /** The view may be another now. */
  readonly changed: () => void;
}

export interface LearningDesk {
  readonly view: () => Learning;
  /** Reject with a readable reason. */
  readonly add: (name: string) => Promise<Learning>;
  readonly rename: (id: string, name: string) => Promise<Learning>;
  readonly remove: (id: string) => Promise<Learning>;
  readonly useVersion: (profile: string | null, modality: Modality, version: number) => Promise<Learning>;
  readonly thatWasMe: (alarmMs: number) => Promise<string>;
  /** What the store says of alarms may be another now. */
  readonly reread: () => void;
  /** After each tick. */
  readonly tick: (tick: Pick<Tick, 'point' | 'decision'>) => void;
}

const ALARMS_OF_MS = 30 * 86_400_000;
const MOST_ALARMS = 50;
/** Among these the alarms are looked for: the way back up is a decision too. */
const MOST_DECISIONS = 500;
const GONE =
  'What came in then is not in memory any more, so nothing was learned from it. The alarm is marked as a false one.';

export function createLearningDesk(parts: LearningDeskParts): LearningDesk {
  const { store, tracks, profiles, vouching, audit, nowMs } = parts;
  /** Of the last days, newest first; null until they are asked for, and after one more. */
  let alarms: readonly Omit<Alarm, 'canTeach'>[] | null = null;

  const allowedBy = (why: string | null): void => {
    if (why !== null) throw new Error(why);
  };
  const alarmsNow = (): readonly Alarm[] => {
    alarms ??= storedAlarms(store, nowMs() - ALARMS_OF_MS);
    return alarms.map((alarm) => ({
      ...alarm,
      canTeach: alarm.verdict === null && vouching.canTeach(alarm.atMs),
    }));
  };
  const spokenOf = ({ modality, shared, standing }: Track): boolean =>
    parts.shown(modality) || (shared && standing(SHARED).have > 0);
  const view = (): Learning =>
    learningView({ tracks: tracks.filter(spokenOf), profiles, alarms: alarmsNow(), refusal: parts.refusal() });
  const nameOf = (id: number): string | null => profiles.list().find((one) => one.id === id)?.name ?? null;
  const numberOf = (id: string): number => {
    const found = profiles.list().find((one) => String(one.id) === id);
    if (found === undefined) throw new Error('There is no such profile any more.');
    return found.id;
  };
  /** Written down at once: an act of the user's must survive whatever comes. */
  const done = (kind: 'profile' | 'training', text: string): Learning => {
    audit(kind, text);
    store.flush();
    parts.changed();
    return view();
  };

  async function teach({ profile, unlearned }: Episode): Promise<string> {
    const id = profile !== null && nameOf(profile) !== null ? profile : (profiles.inUse() ?? profiles.taught());
    if (id === null) return GONE;
    for (const one of unlearned) one.teach(id);
    const modalities = [...new Set(unlearned.map(({ modality }) => modality))];
    const learned = modalities.map((modality) =>
      counted(
        modality,
        unlearned.reduce((sum, one) => sum + (one.modality === modality ? one.events : 0), 0),
      ),
    );
    const sentences = [`${learned.join(' and ')} around this alarm now count as ${nameOf(id)}.`];
    for (const { modality, standing } of tracks.filter((track) => modalities.includes(track.modality))) {
      if (standing(id).maturity === 'none') continue;
      const trained = parts.retrain(modality, Math.round(nowMs()), { why: 'confirmed', profile: id });
      sentences.push(await trained.catch((error: unknown) => `Not trained: ${messageOf(error)}.`));
    }
    return sentences.join(' ');
  }

  return {
    view,
    add: async (name) => {
      allowedBy(parts.refusal());
      const id = profiles.add(name, Math.round(nowMs()));
      parts.interrupt();
      return done('profile', `The profile ${nameOf(id)} was added: what comes in from now on teaches it.`);
    },
    rename: async (id, name) => {
      allowedBy(parts.doubt());
      const number = numberOf(id);
      const before = nameOf(number);
      profiles.rename(number, name);
      return done('profile', `The profile ${before} is called ${nameOf(number)} now.`);
    },
    remove: async (id) => {
      allowedBy(parts.refusal());
      const number = numberOf(id);
      const name = nameOf(number);
      await parts.settled();
      profiles.remove(number);
      parts.interrupt();
      for (const track of tracks) await track.forget(number);
      return done('profile', `The profile ${name} was removed, with all that it had learned.`);
    },
    useVersion: async (profile, modality, version) => {
      allowedBy(parts.refusal());
      const track = tracks.find((one) => one.modality === modality);
      if (track === undefined) throw new Error(`There is no model of ${MODALITY_WORDS[modality]}.`);
      if (track.shared !== (profile === null))
        throw new Error(
          track.shared
            ? `All profiles share what is known of ${MODALITY_WORDS[modality]}: name none.`
            : `Name the profile whose model of ${MODALITY_WORDS[modality]} it is.`,
        );
      const id = profile === null ? SHARED : numberOf(profile);
      if (!track.standing(id).versions.some((one) => one.version === version))
        throw new Error(`There is no version ${version} of ${MODALITY_WORDS[modality]} any more.`);
      await parts.settled();
      const sentence = await track.useVersion(id, version);
      return done('training', profile === null ? sentence : `${nameOf(id)}: ${sentence}`);
    },
    thatWasMe: async (alarmMs) => {
      allowedBy(parts.refusal());
      const alarm = alarmsNow().find(({ atMs }) => atMs === alarmMs);
      if (alarm === undefined) throw new Error('There was no alarm at this moment, or it is too long ago.');
      if (alarm.verdict !== null) throw new Error('This alarm is marked as a false one already.');
      const episode = vouching.take(alarmMs);
      const sentence = episode === null ? GONE : await teach(episode);
      for (const atMs of new Set([alarmMs, ...(episode?.alarmsMs ?? [])])) store.addVerdict(atMs, 'owner');
      alarms = null;
      done('training', `"That was me", said the owner after an alarm. ${sentence}`);
      return sentence;
    },
    reread: () => {
      alarms = null;
      vouching.spoil();
      parts.changed();
    },
    tick: (tick) => {
      vouching.tick(tick);
      if (tick.decision !== null && isAlarm(tick.decision)) alarms = null;
      parts.changed();
    },
  };
}

function storedAlarms(store: Store, fromMs: number): readonly Omit<Alarm, 'canTeach'>[] {
  const verdicts = store.verdicts(fromMs);
  return store
    .decisions(MOST_DECISIONS, fromMs)
    .filter(isAlarm)
    .slice(0, MOST_ALARMS)
    .map(({ atMs, to, reason }) => ({ atMs, to, reason, verdict: verdicts.get(atMs) ?? null }));
}
