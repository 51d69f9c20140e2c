// A pipeline and recorded events in, its ticks out, at the pace and with the clock of the recording, as a replay runs it.
import type { Built } from '../agent/build-pipeline.ts';
import type { InputEvent } from '../agent/events.ts';
import type { Tick } from '../agent/pipeline.ts';
import { settingsFor } from '../agent/settings.ts';
import type { Store } from '../agent/store/store.ts';

/** A pause longer than a window and a bit says nothing more: its ticks are skipped, as a replay skips them. */
const LONGEST_SILENCE_US = 60_000_000;

export async function play(
  { pipeline }: Built,
  store: Store,
  events: Iterable<InputEvent>,
  onTick: (tick: Tick) => void,
): Promise<void> {
  const { hopUs } = settingsFor({ enrol: {} });
  let nextUs: number | null = null;
  let lastUs = 0;
  const tick = async (atUs: number): Promise<void> => {
    onTick(await pipeline.tick(atUs));
    store.flush();
  };
  for (const event of events) {
    nextUs ??= Math.ceil(event.ts / hopUs) * hopUs;
    while (nextUs < event.ts) {
      await tick(nextUs);
      nextUs += hopUs;
      if (nextUs > lastUs + LONGEST_SILENCE_US && nextUs < event.ts) nextUs = Math.ceil(event.ts / hopUs) * hopUs;
    }
    lastUs = event.ts;
    pipeline.accept(event);
  }
  if (nextUs !== null) await tick(nextUs);
}
