// Enters: sway's (or i3's) word that another window has the focus. Leaves: focus events with the name of the application.
import { connect, type Socket } from 'node:net';
import { messageOf } from '../../thrown.ts';
import type { Availability, Collector, CollectorSink } from '../collector.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';
import type { Environment } from '../x-display.ts';
import { SWAY, swayMessage, swayReader, type SwayMessage } from './sway-ipc.ts';
import { focusIn, focusOf } from './sway-windows.ts';

const NOT_HERE: Unavailable = {
  ok: false,
  reason: 'neither sway nor i3 is running here (no SWAYSOCK)',
  fix: 'Start SecLyzer inside your desktop session.',
};
const GONE: Unavailable = { ok: false, reason: 'sway has gone', fix: 'Log in again and start SecLyzer there.' };
const CONNECT_LIMIT_MS = 3000;

/** @param nowUs sway's messages bear no time */
export function swayFocus(env: Environment, nowUs: () => number = () => Date.now() * 1000): Collector {
  const path = env['SWAYSOCK'] ?? '';
  let connection: Socket | null = null;
  return {
    name: 'application focus',
    modalities: ['app'],
    available: () => whetherHere(path),
    start: async (sink) => {
      const socket = await open(path);
      connection = socket;
      follow(socket, sink, nowUs);
      socket.on('close', () => {
        if (connection === socket) sink.report(GONE);
      });
      socket.write(swayMessage(SWAY.subscribe, '["window"]'));
      socket.write(swayMessage(SWAY.tree));
    },
    stop: async () => {
      const ending = connection;
      connection = null;
      ending?.destroy();
    },
  };
}

async function whetherHere(path: string): Promise<Availability> {
  if (path === '') return NOT_HERE;
  try {
    (await open(path)).destroy();
    return { ok: true };
  } catch (error) {
    return error instanceof UnavailableError ? error.found : { ...NOT_HERE, reason: messageOf(error) };
  }
}

async function open(path: string): Promise<Socket> {
  const socket = connect(path);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve).once('error', reject);
  const timer = setTimeout(() => reject(new Error('it does not answer')), CONNECT_LIMIT_MS);
  try {
    await promise;
  } catch (error) {
    socket.destroy();
    throw new UnavailableError({ ...NOT_HERE, reason: `sway can't be reached: ${messageOf(error)}` }, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  // `close` follows, and tells it.
  socket.on('error', () => undefined);
  return socket;
}

function follow(socket: Socket, sink: CollectorSink, nowUs: () => number): void {
  const read = swayReader();
  let last = '';
  const focus = (name: string | null): void => {
    if (name === null || name === last) return;
    last = name;
    sink.publish({ type: 'app', ts: nowUs(), app_name: name, event: 'focus' });
  };
  const take = ({ type, payload }: SwayMessage): void => {
    try {
      if (type === SWAY.windowEvent) focus(focusOf(payload));
      if (type === SWAY.tree) focus(focusIn(payload));
    } catch (error) {
      sink.refuse(messageOf(error));
    }
  };
  socket.on('data', (bytes) => {
    try {
      for (const message of read(bytes)) take(message);
    } catch (error) {
      sink.refuse(messageOf(error));
      socket.destroy();
    }
  });
}
