// A folder of recordings in, people out, each with keys and mouse movements to take from; invented ones where there is no such folder.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ada, grace, inventEvents } from '../agent/collect/synthetic.ts';
import { readRecording } from '../agent/collect/recording.ts';
import type { InputEvent } from '../agent/events.ts';
import { createRandom } from '../agent/learn/random.ts';

export interface SoakPerson {
  readonly typing: readonly InputEvent[];
  readonly mouse: readonly InputEvent[];
}

export interface SoakPeople {
  /** The first is the owner. */
  readonly people: readonly SoakPerson[];
  /** Where they come from, in a sentence. */
  readonly sentence: string;
}

const PEOPLE = 6;
const INVENTED_MINUTES = 30;
const KEYS = 'bbmas';
const MOVES = 'sapimouse';

/** @param folder of shared recordings. Nobody in both sets is the same, so each person types like one and moves like another. */
export async function soakPeople(folder: string, most = PEOPLE): Promise<SoakPeople> {
  const [keys, moves] = [join(folder, KEYS), join(folder, MOVES)];
  if (!existsSync(keys) || !existsSync(moves))
    return {
      people: [invented(ada, 1), invented(grace, 2)],
      sentence: `The typing and the mouse are those of two invented people: there are no recordings in ${folder}.`,
    };
  const typists = subjects(keys);
  const hands = subjects(moves);
  const people = await Promise.all(
    Array.from({ length: Math.min(most, typists.length, hands.length) }, async (_, n) => ({
      typing: await allOf(join(keys, typists[n] ?? '')),
      mouse: await allOf(join(moves, hands[n] ?? '')),
    })),
  );
  return {
    people,
    sentence: `The typing of ${people.length} people (BB-MAS) and the mouse of as many (SapiMouse), in stretches, over and over.`,
  };
}

const subjects = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

async function allOf(folder: string): Promise<readonly InputEvent[]> {
  const events: InputEvent[] = [];
  for (const file of readdirSync(folder).toSorted())
    for await (const recorded of readRecording(join(folder, file)))
      if ('event' in recorded) events.push(recorded.event);
  return events;
}

function invented(profile: typeof ada, seed: number): SoakPerson {
  const typing: InputEvent[] = [];
  const mouse: InputEvent[] = [];
  for (const event of inventEvents(profile, createRandom(seed), 1e15)) {
    if (event.ts > 1e15 + INVENTED_MINUTES * 60e6) break;
    if (event.type === 'keystroke') typing.push(event);
    else if (event.type === 'mouse') mouse.push(event);
  }
  return { typing, mouse };
}
