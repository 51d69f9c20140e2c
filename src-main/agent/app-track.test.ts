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

test('it is made again when half as much more is known; going back forgets the rest', async () => {
  const store = openMemoryStore();
  const track = appTrack({ settings, store, hourOf: () => 10 });
  await live(track, day, 0);
  await track.train(1);
  assert.equal(track.wantsTraining(), false);
  // 59 switches were learned; 30 more are enough, and those of the last two minutes wait.
  await live(
    track,
    ['mail', 'games'].flatMap((name) => Array.from({ length: 17 }, () => [name, 'shop']).flat()),
    1e12,
  );
  assert.equal(track.wantsTraining(), true);
  await track.train(2);
  const strange = ['mail', 'shop', 'mail', 'shop', 'games', 'shop'];
  const learned = await live(track, strange, 2e12);
  assert.deepEqual(
    track.standing(0).versions.map(({ version, why }) => [version, why]),
    [
      [2, 'more'],
      [1, 'enrolment'],
    ],
  );
  assert.equal(
    await track.useVersion(0, 1),
    'Application use is judged by version 1 again, learned from 59 switches; what came later is forgotten.',
  );
  assert.equal(store.windows('app', 999).length, 59);
  const back = await live(track, strange, 3e12);
  const sum = (ratios: readonly (number | null)[]): number => ratios.reduce<number>((total, x) => total + (x ?? 0), 0);
  assert.ok(sum(back) < sum(learned), `${sum(back)} and ${sum(learned)}`);
  const again = appTrack({ settings, store, hourOf: () => 10 });
  await again.load();
  assert.deepEqual(again.standing(0), track.standing(0));
});

test('with a model there, two minutes pass before a switch is learned from, and a doubt takes it away', async () => {
  const store = openMemoryStore();
  const track = appTrack({ settings, store, hourOf: () => 10 });
  await live(track, day, 0);
  await track.train(1);
  const switchAt = async (atS: number, name: string): Promise<void> => {
    track.accept({ type: 'app', ts: 1e12 + atS * 1e6, app_name: name, event: 'focus' });
    await track.tick(1e12 + atS * 1e6, true);
  };
  const kept = (): number => store.windows('app', 999).length - 59;
  await switchAt(0, 'mail');
  await switchAt(10, 'games');
  await track.tick(1e12 + 100e6, true);
  assert.equal(kept(), 0);
  await track.tick(1e12 + 130e6, true);
  assert.equal(kept(), 2, 'to mail and to games');
  await switchAt(140, 'shop');
  await track.tick(1e12 + 150e6, false);
  await track.tick(1e12 + 400e6, true);
  assert.equal(kept(), 2);
});
