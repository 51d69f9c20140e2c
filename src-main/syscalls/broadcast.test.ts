import assert from 'node:assert/strict';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { testFolder } from '../agent/store/test-folder.ts';
import { listenForReaders, READERS_AT_MOST } from './broadcast.ts';

const skip = process.platform === 'linux' ? false : 'Unix sockets with modes are those of Linux';
const LACK = { kind: 'unavailable', reason: 'a', fix: 'b' } as const;

async function stage(t: TestContext, gid: number | null = null) {
  const socketFile = join(testFolder(t), 'run', 's.sock');
  const broadcast = await listenForReaders({ socketFile, gid });
  t.after(broadcast.close);
  const reader = async (): Promise<Socket> => {
    const socket = connect(socketFile);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    t.after(() => socket.destroy());
    return socket;
  };
  return { socketFile, broadcast, reader };
}
const nextLine = async (socket: Socket): Promise<unknown> => JSON.parse(String((await once(socket, 'data'))[0]));

test('every reader gets every message, and one that comes later the newest', { skip }, async (t) => {
  const { broadcast, reader } = await stage(t);
  const [first, second] = await Promise.all([reader(), reader()]);
  while (broadcast.readers() < 2) await wait(5);
  const both = [first, second].map(nextLine);
  broadcast.send(LACK);
  assert.deepEqual(await Promise.all(both), [LACK, LACK]);
  assert.deepEqual(await nextLine(await reader()), LACK);
  first.destroy();
  while (broadcast.readers() > 2) await wait(5);
  assert.equal(broadcast.dropped(), 0);
});

test('one that does not read is cut off and counted; the others go on', { skip }, async (t) => {
  const { broadcast, reader } = await stage(t);
  const [slow, quick] = await Promise.all([reader(), reader()]);
  slow.pause();
  quick.resume();
  const long = { ...LACK, reason: 'x'.repeat(100_000) };
  for (let i = 0; i < 200 && broadcast.dropped() === 0; i++) {
    broadcast.send(long);
    await wait(2);
  }
  assert.equal(broadcast.dropped(), 1);
  assert.equal(broadcast.readers(), 1);
  assert.equal(quick.destroyed, false);
});

test('one that sends something is cut off, and there is an end to their number', { skip }, async (t) => {
  const { broadcast, reader } = await stage(t);
  const noisy = await reader();
  noisy.write('hello');
  await once(noisy, 'close');
  const readers = await Promise.all(Array.from({ length: READERS_AT_MOST }, reader));
  while (broadcast.readers() < READERS_AT_MOST) await wait(5);
  const late = await reader();
  await once(late, 'close');
  assert.equal(readers.filter(({ destroyed }) => destroyed).length, 0);
});

test('the socket is for root, or for root and one group, from the first moment on', { skip }, async (t) => {
  const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);
  assert.equal(mode((await stage(t)).socketFile), '600');
  const gid = process.getegid?.() ?? 0;
  const { socketFile } = await stage(t, gid);
  assert.deepEqual([mode(socketFile), mode(join(socketFile, '..')), statSync(socketFile).gid], ['660', '750', gid]);
});

test('a living helper, and what is no socket, stay', { skip }, async (t) => {
  const { socketFile } = await stage(t);
  await assert.rejects(listenForReaders({ socketFile, gid: null }), /Another helper serves/);
  const file = join(testFolder(t), 'file');
  writeFileSync(file, 'mine');
  await assert.rejects(listenForReaders({ socketFile: file, gid: null }), /is no socket/);
});
