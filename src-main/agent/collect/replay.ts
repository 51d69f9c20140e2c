// Enters: recordings. Leaves: their events, paced by their gaps and moved to the present, as if they happened now.
import { access } from 'node:fs/promises';
import type { InputEvent } from '../events.ts';
import type { Collector, CollectorSink } from './collector.ts';
import { startPace, type Pace } from './pace.ts';
import { readRecording } from './recording.ts';

export { readRecording, type Recorded } from './recording.ts';

export interface ReplayCollector extends Collector {
  /** The present on the clock of the published events; it runs `speed` times as fast as the wall clock. */
  readonly nowUs: () => number;
}

/** Between the last event of a file and the first of the next. */
const JOINT_US = 2_000_000;

/**
 * @param files played one after the other
 * @param speed 0.1 to 1000
 */
export function replayCollector(files: readonly string[], speed: number): ReplayCollector {
  let pace: Pace | null = null;
  return {
    name: 'replay',
    modalities: ['keystroke', 'mouse', 'app', 'linguistic'],
    nowUs: () => pace?.nowUs() ?? Date.now() * 1000,
    available: async () => {
      if (files.length === 0)
        return { ok: false, reason: 'no recording was named', fix: 'Name at least one file to replay.' };
      for (const file of files) {
        try {
          await access(file);
        } catch {
          return { ok: false, reason: `the recording ${file} can not be read`, fix: 'Check its path and permissions.' };
        }
      }
      return { ok: true };
    },
    start: async (sink) => {
      let published = 0;
      pace = startPace({
        events: joined(files, sink.refuse),
        speed,
        publish: (event) => {
          published += 1;
          sink.publish(event);
        },
        onEnd: (error) => sink.report(ending(error, published)),
      });
    },
    stop: async () => {
      await pace?.stop();
    },
  };
}

function ending(error: Error | null, published: number): Parameters<CollectorSink['report']>[0] {
  if (error === null) {
    return {
      ok: false,
      reason: `the recording has ended after ${published} events`,
      fix: 'Start SecLyzer without a recording to watch live input.',
      final: true,
    };
  }
  const fix = 'Check the recording, or make a new one with "seclyzer record".';
  return { ok: false, reason: error.message, fix, final: true };
}

/** One stream of events with rising times. */
async function* joined(files: readonly string[], refuse: (reason: string) => void): AsyncGenerator<InputEvent, void> {
  let lastUs: number | null = null;
  for (const file of files) {
    let shiftUs: number | null = null;
    for await (const recorded of readRecording(file)) {
      if ('refused' in recorded) {
        refuse(recorded.refused);
        continue;
      }
      shiftUs ??= lastUs === null ? 0 : lastUs + JOINT_US - recorded.event.ts;
      const event: InputEvent = { ...recorded.event, ts: recorded.event.ts + shiftUs };
      yield event;
      lastUs = event.ts;
    }
  }
}
