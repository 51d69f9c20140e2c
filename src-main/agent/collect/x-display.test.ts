import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { connectX, parseDisplay, XConnectError } from './x-connection.ts';
import { displayAvailability } from './x-display.ts';

test('names of displays', () => {
  assert.deepEqual(parseDisplay(':7').target, { path: '/tmp/.X11-unix/X7' });
  assert.deepEqual(parseDisplay(':7.1').target, { path: '/tmp/.X11-unix/X7' });
  assert.deepEqual(parseDisplay('unix:0').target, { path: '/tmp/.X11-unix/X0' });
  assert.deepEqual(parseDisplay('localhost:10.0').target, { host: 'localhost', port: 6010 });
  assert.deepEqual(parseDisplay('tcp/there:2').target, { host: 'there', port: 6002 });
  assert.deepEqual(parseDisplay('[::1]:3').target, { host: '::1', port: 6003 });
  for (const wrong of ['', '7', 'foo', ':x', '/tmp/launch/org.x:0'])
    assert.throws(() => parseDisplay(wrong), XConnectError);
});

test('no DISPLAY: says so and what to do', async () => {
  const expected = { ok: false, reason: 'no X display', fix: 'Start SecLyzer inside your desktop session.' };
  assert.deepEqual(await displayAvailability({}), expected);
  assert.deepEqual(await displayAvailability({ DISPLAY: '' }), expected);
});

test('a Wayland session without XWayland is told apart', async () => {
  const found = await displayAvailability({ WAYLAND_DISPLAY: 'wayland-0' });
  assert.ok(!found.ok);
  assert.match(found.reason, /^no X display: this is a Wayland session/);
  assert.match(found.fix, /X11 \(Xorg\) session/);
});

test('a display without a server, and a name that is none', async () => {
  const nobody = await displayAvailability({ DISPLAY: ':65531' });
  assert.ok(!nobody.ok);
  assert.equal(nobody.reason, 'no X display: no X server on :65531 (ENOENT)');
  const misnamed = await displayAvailability({ DISPLAY: 'screen' });
  assert.ok(!misnamed.ok);
  assert.equal(misnamed.reason, 'no X display: DISPLAY is not of the form host:number');
});

/** A server of our own on TCP, reached as display `localhost:N` with N = port - 6000. */
async function fakeServer(t: TestContext, answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port - 6000}`;
}

test('a server that never answers is given up', async (t) => {
  const display = await fakeServer(t, () => undefined);
  await assert.rejects(connectX(display, 150), {
    kind: 'no answer',
    message: `the X server on ${display} does not answer`,
  });
});

test('a server that hangs up during set-up', async (t) => {
  const display = await fakeServer(t, (socket) => socket.end());
  await assert.rejects(connectX(display, 2000), { kind: 'refused' });
});

test('a server that refuses says why', async (t) => {
  const reason = 'Authorization required';
  // X protocol, connection set-up refused: 0, length of the reason, version 11.0, length in words, the reason, padding.
  const refusal = Buffer.concat([
    Buffer.from([0, reason.length, 11, 0, 0, 0, 6, 0]),
    Buffer.from(reason),
    Buffer.alloc(2),
  ]);
  const display = await fakeServer(t, (socket) => socket.once('data', () => socket.end(refusal)));
  const found = await displayAvailability({ DISPLAY: display });
  assert.ok(!found.ok);
  assert.match(found.reason, /^no access to the X display: .*Authorization required/);
  assert.match(found.fix, /user who is logged in/);
});
