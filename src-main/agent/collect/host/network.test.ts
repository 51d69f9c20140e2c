import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkSource } from './network.ts';
import { fakeProcFiles, readEachSecond, type FakeFiles } from './proc-files.fixture.ts';

const HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const line = (name: string, received: readonly number[], sent: readonly number[]): string =>
  `${name.padStart(6)}: ${[...received, 0, 0, 0, 0, ...sent, 0, 0, 0, 0].join('    ')}\n`;

function machine(...hardware: string[]) {
  const files: FakeFiles = new Map(hardware.map((name) => [`/sys/class/net/${name}/device/uevent`, '']));
  return { files, read: readEachSecond(networkSource(() => fakeProcFiles(files))) };
}

test('what passes through an interface, by hand', async () => {
  const { files, read } = machine('eth0');
  files.set(
    '/proc/net/dev',
    HEAD + line('lo', [10, 1, 0, 0], [10, 1, 0, 0]) + line('eth0', [1000, 10, 0, 0], [500, 5, 0, 0]),
  );
  await read();
  files.set(
    '/proc/net/dev',
    HEAD + line('lo', [40, 3, 0, 0], [40, 3, 0, 0]) + line('eth0', [3000, 30, 1, 2], [900, 9, 3, 4]),
  );
  const { values, parts } = (await read()) ?? {};
  const eth0 = {
    ...{
      receivedBytesPerSecond: 2000,
      receivedPacketsPerSecond: 20,
      receiveErrorsPerSecond: 1,
      receiveDropsPerSecond: 2,
    },
    ...{ sentBytesPerSecond: 400, sentPacketsPerSecond: 4, sendErrorsPerSecond: 3, sendDropsPerSecond: 4 },
  };
  assert.deepEqual(parts?.['eth0'], eth0);
  assert.deepEqual(values, { ...eth0, loopbackBytesPerSecond: 30 });
});

test('a bridge is not counted beside the hardware below it, unless there is no hardware', async () => {
  for (const [hardware, expected] of [
    [['eth0'], 100],
    [[], 300],
  ] as const) {
    const { files, read } = machine(...hardware);
    const lines = (bytes: number): string =>
      HEAD + ['eth0', 'br-0a1b2c3d4e5f', 'eth0.100'].map((name) => line(name, [bytes, 1, 0, 0], [1, 1, 0, 0])).join('');
    files.set('/proc/net/dev', lines(100));
    await read();
    files.set('/proc/net/dev', lines(200));
    assert.equal((await read())?.values['receivedBytesPerSecond'], expected);
  }
});

test('an interface appears, vanishes, and comes back without its past; one that carried nothing is not shown', async () => {
  const { files, read } = machine('wlan0');
  files.set('/proc/net/dev', HEAD + line('ifb0', [0, 0, 0, 0], [0, 0, 0, 0]));
  assert.deepEqual((await read())?.parts, {});
  files.set('/proc/net/dev', HEAD + line('wlan0', [5_000_000, 1, 0, 0], [1, 1, 0, 0]));
  assert.equal((await read())?.parts['wlan0']?.['receivedBytesPerSecond'], null);
  files.set('/proc/net/dev', HEAD);
  const none = await read();
  assert.deepEqual([none?.parts, none?.values['receivedBytesPerSecond']], [{}, null]);
  files.set('/proc/net/dev', HEAD + line('wlan0', [700, 1, 0, 0], [1, 1, 0, 0]));
  assert.equal((await read())?.parts['wlan0']?.['receivedBytesPerSecond'], null);
  files.set('/proc/net/dev', HEAD + line('wlan0', [900, 1, 0, 0], [1, 1, 0, 0]));
  assert.equal((await read())?.values['receivedBytesPerSecond'], 200);
});
