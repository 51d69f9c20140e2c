// Enters: a Wayland compositor's word of its windows (wlr-foreign-toplevel-management: Hyprland, labwc, Wayfire, river, niri and others).
// Leaves: focus events with the name of the application. The compositor sends titles along; nobody listens to them here.
import { connect, type Socket } from 'node:net';
import { isAbsolute, join } from 'node:path';
import type { Display, WaylandObject } from 'wayland-client';
import { messageOf } from '../../thrown.ts';
import { applicationName } from '../application-name.ts';
import type { Availability, Collector, CollectorSink } from '../collector.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';
import type { Environment } from '../x-display.ts';
import { ACTIVATED, TOPLEVEL_MANAGER, TOPLEVEL_PROTOCOL } from './toplevel-protocol.ts';

const FIX = 'GNOME, KDE, sway and every X11 session can be asked. Typing and the mouse do not need it.';
const GONE: Unavailable = {
  ok: false,
  reason: 'the Wayland compositor has gone',
  fix: 'Log in again and start SecLyzer there.',
};
const CONNECT_LIMIT_MS = 3000;

const unable = (reason: string): Unavailable => ({ ok: false, reason, fix: FIX });

/** @param nowUs the messages bear no time */
export function wlrFocus(env: Environment, nowUs: () => number = () => Date.now() * 1000): Collector {
  let connection: Socket | null = null;
  return {
    name: 'application focus',
    modalities: ['app'],
    available: async (): Promise<Availability> => {
      try {
        (await open(env)).socket.destroy();
        return { ok: true };
      } catch (error) {
        return error instanceof UnavailableError ? error.found : unable(messageOf(error));
      }
    },
    start: async (sink) => {
      const { socket, display } = await open(env);
      connection = socket;
      socket.on('close', () => {
        if (connection === socket) sink.report(GONE);
      });
      await display.load(TOPLEVEL_PROTOCOL);
      follow(await display.bind(TOPLEVEL_MANAGER, 1), sink, nowUs);
    },
    stop: async () => {
      const ending = connection;
      connection = null;
      ending?.destroy();
    },
  };
}

interface Opened {
  readonly socket: Socket;
  readonly display: Display;
}

/** @throws UnavailableError also where the compositor knows nothing of windows */
async function open(env: Environment): Promise<Opened> {
  const name = env['WAYLAND_DISPLAY'] ?? '';
  if (name === '') throw new UnavailableError(unable('this is no Wayland session (no WAYLAND_DISPLAY)'));
  const socket = connect(isAbsolute(name) ? name : join(env['XDG_RUNTIME_DIR'] ?? '', name));
  const { promise, resolve, reject } = Promise.withResolvers<Display>();
  socket.once('error', reject);
  const timer = setTimeout(() => reject(new Error('it does not answer')), CONNECT_LIMIT_MS);
  socket.once('connect', () => void greet(socket, reject).then(resolve, reject));
  try {
    const display = await promise;
    if (![...display.listGlobals()].includes(TOPLEVEL_MANAGER))
      throw new Error('it tells nobody of its windows (no wlr-foreign-toplevel-management)');
    return { socket, display };
  } catch (error) {
    socket.destroy();
    throw new UnavailableError(unable(`the Wayland compositor can not be asked: ${messageOf(error)}`), {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function greet(socket: Socket, failed: (error: Error) => void): Promise<Display> {
  const { Display } = await import('wayland-client');
  const display = new Display(socket);
  // The connection is useless after one, and `close` tells.
  display.on('error', (error: Error) => {
    failed(error);
    socket.destroy();
  });
  await display.init();
  return display;
}

function follow(manager: WaylandObject, sink: CollectorSink, nowUs: () => number): void {
  let last = '';
  manager.on('toplevel', (window: WaylandObject) => {
    let [name, active] = ['', false];
    window.on('app_id', (id: string) => void (name = applicationName(id)));
    window.on('state', (states: Uint8Array) => void (active = isActive(states)));
    // All that has changed at once is told by now.
    window.on('done', () => {
      if (!active || name === '' || name === last) return;
      last = name;
      sink.publish({ type: 'app', ts: nowUs(), app_name: name, event: 'focus' });
    });
  });
}

/** 32-bit numbers in the machine's own order, which is little-endian on all that this runs on. */
function isActive(states: Uint8Array): boolean {
  const view = new DataView(states.buffer, states.byteOffset, states.byteLength);
  for (let at = 0; at + 4 <= states.byteLength; at += 4) if (view.getUint32(at, true) === ACTIVATED) return true;
  return false;
}
