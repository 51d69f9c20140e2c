// Recordings in, their events as one stream out: a file that begins before the one before it has ended is moved to shortly after that end. All
// who are to see the same events take them from here.
import type { InputEvent } from '../events.ts';
import { readRecording, type Recorded } from './recording.ts';

/** Between the last event of a file and the first of one that is moved. */
const JOINT_US = 2_000_000;

/** @throws Error for a file that is missing or unreadable */
export async function* inSequence(files: readonly string[]): AsyncGenerator<Recorded, void> {
  let lastUs = 0;
  for (const file of files) {
    let shiftUs: number | null = null;
    for await (const item of readRecording(file)) {
      if ('refused' in item) {
        yield item;
        continue;
      }
      shiftUs ??= item.event.ts > lastUs ? 0 : lastUs + JOINT_US - item.event.ts;
      const event: InputEvent = { ...item.event, ts: item.event.ts + shiftUs };
      yield { event };
      lastUs = event.ts;
    }
  }
}
