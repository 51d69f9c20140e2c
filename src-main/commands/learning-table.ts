// What the agent knows of its owner in, lines for the terminal out. Pure.
import type { Alarm, LearnedModality, Learning, Profile } from '../../src-preload/contract.ts';
import { layOut, type Alignment } from './table.ts';
import { percent } from './table-numbers.ts';
import { MODALITY_WORDS } from './words.ts';

const STATUS_WORDS = {
  learning: 'is being learned',
  'in-use': 'in use',
  resting: 'resting',
} as const satisfies Record<Profile['status'], string>;

const WHY_WORDS = {
  enrolment: 'first learned',
  more: 'much more was known',
  drift: 'you had changed',
  confirmed: 'an alarm was yours',
  asked: 'asked for',
} as const satisfies Record<LearnedModality['versions'][number]['why'], string>;

/** A line a profile and modality; what all profiles share comes last. */
export function profileLines({ profiles, shared, refusal }: Learning): readonly string[] {
  const rows = profiles.flatMap(({ id, name, status, modalities }) =>
    modalities.map(({ modality, sentence }, i) => [
      ...(i === 0 ? [id, name, STATUS_WORDS[status]] : ['', '', '']),
      ...[MODALITY_WORDS[modality], sentence],
    ]),
  );
  const common = shared.map(({ modality, sentence }) => ['', 'all of them', '', MODALITY_WORDS[modality], sentence]);
  return [...layOut([...rows, ...common]), ...(refusal === null ? [] : ['', refusal])];
}

const VERSION_HEAD = ['profile', 'modality', 'version', 'made', 'because', 'events', 'EER', ''];
const VERSION_ALIGNMENT: readonly Alignment[] = [
  ...(['left', 'left', 'right', 'left', 'left', 'right', 'right', 'left'] as const),
];

/** A line a version, newest first. */
export function versionLines({ profiles, shared }: Learning): readonly string[] {
  const rowsOf = (owner: string, { modality, versions }: LearnedModality): readonly (readonly string[])[] =>
    versions.map(({ version, createdMs, why, events, accuracy, inUse }) => [
      ...[
        owner,
        MODALITY_WORDS[modality],
        String(version),
        localTime(createdMs),
        WHY_WORDS[why],
        events.toLocaleString('en-US'),
      ],
      ...[accuracy === null ? '—' : `${percent(accuracy.eer.value)} %`, inUse ? 'in use' : ''],
    ]);
  const rows = [
    ...profiles.flatMap(({ name, modalities }) => modalities.flatMap((one) => rowsOf(name, one))),
    ...shared.flatMap((one) => rowsOf('all of them', one)),
  ];
  return rows.length === 0 ? ['Nothing has been learned yet.'] : layOut([VERSION_HEAD, ...rows], VERSION_ALIGNMENT);
}

/** A line an alarm, newest first. */
export function alarmLines(alarms: readonly Alarm[]): readonly string[] {
  if (alarms.length === 0) return ['There was no alarm in the last 30 days.'];
  const standing = ({ verdict, canTeach }: Alarm): string =>
    verdict === 'owner' ? 'was you' : canTeach ? 'can be learned from' : '';
  return layOut(alarms.map((alarm) => [localTime(alarm.atMs), alarm.to.toLowerCase(), standing(alarm), alarm.reason]));
}

/** `2024-01-08 09:00:00` on the machine's own clock, which `Date.parse` takes back. */
export function localTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
