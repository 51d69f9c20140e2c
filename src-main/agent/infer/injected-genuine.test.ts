// A few people, so that a change of the limits is noticed; evaluate/measure-injected.ts measures all of them. The first three
// were not looked at to choose the limits.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readRecording } from '../collect/recording.ts';
import { createInjectedInputWatch } from './injected-input.ts';

const folder = fileURLToPath(new URL('../../../../shared/recordings', import.meta.url));
const skip = existsSync(folder) ? false : 'the recordings are not beside the repository (../shared/recordings)';

for (const file of [
  'bbmas/bb003/enrol-1.jsonl.gz',
  'bbmas/bb113/enrol-1.jsonl.gz',
  'sapimouse/sm003/enrol-3min.jsonl.gz',
  // Clicks by touch pad, most of them shorter than 15 ms.
  'sapimouse/sm120/enrol-3min.jsonl.gz',
]) {
  test(`${file}: a person`, { skip }, async () => {
    const watch = createInjectedInputWatch();
    let last = 0;
    for await (const item of readRecording(`${folder}/${file}`)) {
      if (!('event' in item)) continue;
      watch.accept(item.event);
      last = item.event.ts;
    }
    assert.equal(watch.check(last + 1_000_000), null);
  });
}
