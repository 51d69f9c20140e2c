import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appTrack } from './app-track.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { openMemoryStore } from './store/open-store.ts';

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  modalities: { ...DEFAULT_SETTINGS.modalities, app: { ...DEFAULT_SETTINGS.modalities.app, enrol: 40 } },
};
const MINUTE_US = 60e6;

/** Switches once a minute through the given applications, with a tick after each. */
async function live(
  track: ReturnType<typeof appTrack>,
  names: readonly string[],
  startUs: number,
): Promise<(number | null)[]> {
  const ratios: (number | null)[] = [];
  for (const [i, app_name] of names.entries()) {
    const ts = startUs + i * MINUTE_US;
    track.accept({ type: 'app', ts, app_name, event: 'focus' });
    ratios.push((await track.tick(ts + 5e6, true))?.llr ?? null);
  }
  return ratios;
}

const day = Array.from({ length: 60 }, (_, i) => ['editor', 'terminal', 'editor', 'browser'][i % 4] ?? '');

test('it learns the usual order, prefers it to a strange one, and remembers after a restart', async () => {
  const store = openMemoryStore();
  const track = appTrack({ settings, store, hourOf: () => 10 });
  assert.deepEqual(new Set(await live(track, day, 0)), new Set([null]), 'no score before there is a model');
  assert.equal(track.view(0).enrolment.have, 40);
  assert.ok(track.wantsTraining());
  await track.train(0);
  const usual = await live(track, day.slice(0, 8), 1e12);
  const strange = await live(track, ['mail', 'games', 'mail', 'shop', 'mail', 'games'], 2e12);
  const mean = (xs: readonly (number | null)[]): number => xs.reduce<number>((sum, x) => sum + (x ?? 0), 0) / xs.length;
  assert.ok(mean(usual) > 0 && mean(strange) < 0, `${mean(usual)} and ${mean(strange)}`);
  assert.ok(
    [...usual, ...strange].every((x) => x === null || (x >= -1 && x <= 1)),
    'within the cap',
  );

  const restarted = appTrack({ settings, store, hourOf: () => 10 });
  await restarted.load();
  assert.ok(restarted.trained());
  // The first focus after a start follows nothing, so the comparison begins with the second.
  const again = await live(restarted, day.slice(0, 8), 3e12);
  assert.deepEqual(again.slice(1), (await live(track, day.slice(0, 8), 3e12)).slice(1));
});

test('what is kept is numbers and application names, and a reset forgets them', async () => {
  const store = openMemoryStore();
  const track = appTrack({ settings, store, hourOf: () => 10 });
  await live(track, ['editor', 'mail'], 0);
  assert.deepEqual(JSON.parse(store.get('app-names') ?? ''), ['editor', 'mail']);
  assert.deepEqual([...(store.windows('app', 10)[0]?.vector ?? [])], [0, 1, 60_000, 10]);
  await track.reset();
  assert.equal(store.get('app-names'), '[]');
  assert.equal(store.windows('app', 10).length, 0);
});

test('no switches, no model', async () => {
  const track = appTrack({ settings, store: openMemoryStore(), hourOf: () => 10 });
  await assert.rejects(track.train(0), /no application switches/);
});
