// The session bus for checks that ask it: opened for one question, closed after it.
import { connectBus, type Bus } from '../../dbus.ts';
import { messageOf } from '../../agent/thrown.ts';
import type { Check } from './capability.ts';

type Finding = Awaited<ReturnType<Check>>;

/** @param without what follows where there is no bus. */
export async function withSessionBus(
  env: NodeJS.ProcessEnv,
  without: string,
  ask: (bus: Bus) => Promise<Finding>,
): Promise<Finding> {
  let bus: Bus;
  try {
    bus = await connectBus('session', env);
  } catch (error) {
    const reason = messageOf(error).replace(/^there is /, '');
    return { state: 'missing', detail: `${reason}; ${without}`, fix: 'Start SecLyzer inside your desktop session.' };
  }
  try {
    return await ask(bus);
  } finally {
    await bus.close();
  }
}
