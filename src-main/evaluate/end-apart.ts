// One person's recordings of typing in, their last keystrokes apart from what came before out.
import type { InputEvent } from '../agent/events.ts';

type Recordings = readonly (readonly InputEvent[])[];

export interface Apart {
  readonly before: Recordings;
  readonly end: Recordings;
}

/** @param keys how many the end has, at most. @param share of all that it has, 0-1, at most. */
export function endApart(recordings: Recordings, keys: number, share: number): Apart {
  const presses = recordings.flat().filter(isPress).length;
  let left = presses - Math.min(keys, Math.floor(share * presses));
  const before: (readonly InputEvent[])[] = [];
  const end: (readonly InputEvent[])[] = [];
  for (const events of recordings) {
    let cut = 0;
    for (; cut < events.length && left > 0; cut += 1) if (isPress(events[cut])) left -= 1;
    if (cut > 0) before.push(events.slice(0, cut));
    if (cut < events.length) end.push(events.slice(cut));
  }
  return { before, end };
}

const isPress = (event: InputEvent | undefined): boolean => event?.type === 'keystroke' && event.event === 'press';
