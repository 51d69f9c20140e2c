// Leaves: locking, unlocking and sleep, on the systems that tell Electron alone. On Linux the agent hears them over D-Bus.
import { powerMonitor } from 'electron';
import type { MainMessage } from '../../src-preload/contract.ts';

/** Once `app` is ready. */
export function watchPower(send: (message: MainMessage) => void): void {
  if (process.platform === 'linux') return;
  powerMonitor.on('lock-screen', () => send({ kind: 'session', event: 'locked' }));
  powerMonitor.on('unlock-screen', () => send({ kind: 'session', event: 'unlocked' }));
  powerMonitor.on('suspend', () => send({ kind: 'session', event: 'suspending' }));
  powerMonitor.on('resume', () => send({ kind: 'session', event: 'resumed' }));
}
