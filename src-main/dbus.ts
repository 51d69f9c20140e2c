// A message bus of the desktop or of the system. In: which one, and the environment. Out: calls, properties and signals of other
// programs, without asking them for their introspection data: some (mocks, old desktops) have none. Linux alone has these buses.
import type { Message } from 'dbus-native';
import { existsSync } from 'node:fs';

/** An interface of an object of a program. */
export interface BusTarget {
  readonly name: string;
  readonly path: string;
  readonly interface: string;
}

export interface SignalRule {
  readonly interface: string;
  readonly member: string;
  readonly path?: string;
  /** A well-known name; the bus checks that the signal comes from its owner. */
  readonly sender?: string;
  /** The first argument, for signals that many send. */
  readonly arg0?: string;
}

export interface Signal {
  readonly path: string;
  readonly args: readonly unknown[];
  /** Sent to this connection alone. No rule was asked, so it may come from anybody, whatever `sender` says. */
  readonly directed: boolean;
}

export interface Bus {
  /** The answer's first value, a variant unwrapped. Rejects with the other side's error, or after ten seconds. */
  readonly call: (target: BusTarget, member: string, signature?: string, args?: readonly unknown[]) => Promise<unknown>;
  readonly property: (target: BusTarget, name: string) => Promise<unknown>;
  /** Resolves once the bus passes such signals on; survives a new connection. The answer takes the listener off. */
  readonly onSignal: (rule: SignalRule, listener: (signal: Signal) => void) => Promise<() => void>;
  /** Calls of other programs to a method of ours, which answers nothing. The bus has checked who calls: `sender` is its unique name. */
  readonly onCall: (
    target: Omit<BusTarget, 'name'>,
    member: string,
    listener: (args: readonly unknown[], sender: string) => void,
  ) => void;
  /** Ours on this bus, `:1.42`; another one after a new connection. */
  readonly uniqueName: () => string;
  readonly ownerOf: (name: string) => Promise<string>;
  readonly hasOwner: (name: string) => Promise<boolean>;
  /** The bus is gone. May be told more than once before it is back. */
  readonly onLost: (listener: () => void) => void;
  /** The bus was gone and is back: what was read from it may have changed meanwhile. */
  readonly onReconnect: (listener: () => void) => void;
  readonly close: () => Promise<void>;
}

/** Types of messages, of the D-Bus specification. */
const METHOD_CALL = 1;
const SIGNAL = 4;
const CALL_LIMIT_MS = 10_000;
const CONNECT_LIMIT_MS = 5000;
const SYSTEM_SOCKET = '/run/dbus/system_bus_socket';
const PROPERTIES = 'org.freedesktop.DBus.Properties';
/** The bus itself, as a program on it. */
const BUS: BusTarget = {
  name: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** @throws Error in the words of the dashboard, when there is no such bus or it does not answer. */
export async function connectBus(which: 'session' | 'system', env: NodeJS.ProcessEnv): Promise<Bus> {
  const busAddress = addressOf(which, env);
  if (busAddress === null) throw new Error(`there is no ${which} bus`);
  // A machine without a bus, and a start before its first question, need none of it.
  const { default: dbus } = await import('dbus-native');
  const bus = dbus.createClient({ busAddress, reconnect: true, timeout: CALL_LIMIT_MS });
  // Every failure reaches the one who asked; without a listener the library would end the process.
  bus.connection.on('error', () => undefined);
  // Each rule has its listener.
  bus.connection.setMaxListeners(0);
  const alive = bus.getId();
  const close = async (): Promise<void> => {
    await bus.close();
    // `close` alone does not end the attempts to reach a bus that is not there.
    bus.connection.end();
  };
  await withLimit(alive, `the ${which} bus does not answer`).catch(async (error: unknown) => {
    await close();
    throw new Error(`the ${which} bus can't be reached: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  const invoke = (message: Message): Promise<unknown> => Promise.resolve(bus.invoke(message));
  const call: Bus['call'] = ({ name, path, interface: owner }, member, signature, args = []) =>
    invoke({
      destination: name,
      path,
      interface: owner,
      member,
      ...(signature === undefined ? {} : { signature, body: [...args] }),
    });
  return {
    call,
    property: (target, name) => call({ ...target, interface: PROPERTIES }, 'Get', 'ss', [target.interface, name]),
    onSignal: async (rule, listener) => {
      const hear = (message: Message): void => {
        if (!fits(rule, message)) return;
        listener({ path: message.path ?? '', args: message.body ?? [], directed: message.destination !== undefined });
      };
      bus.connection.on('message', hear);
      const subscription = await bus.watch(matchRule(rule));
      return () => {
        bus.connection.off('message', hear);
        void subscription.remove().catch(() => 'the bus is gone, and the rule with it');
      };
    },
    onCall: ({ path, interface: owner }, member, listener) => {
      bus.connection.on('message', (message: Message) => {
        if (message.type !== METHOD_CALL || message.member !== member) return;
        if (message.path !== path || message.interface !== owner) return;
        listener(message.body ?? [], message.sender ?? '');
      });
      bus.setMethodCallHandler(path, owner, member, [() => undefined, '']);
    },
    uniqueName: () => bus.name ?? '',
    ownerOf: (name) => Promise.resolve(bus.getNameOwner(name)),
    hasOwner: (name) => Promise.resolve(bus.nameHasOwner(name)),
    onLost: (listener) => void bus.connection.on('reconnecting', listener),
    onReconnect: (listener) => void bus.on('reconnected', listener),
    close,
  };
}

/**
 * Follows whether somebody answers to a name: a program that runs, or one that the bus starts when it is called.
 * @param listener told at once, and after each change; a bus that is gone reaches nobody
 * @returns what ends it
 */
export async function watchReachable(
  bus: Bus,
  name: string,
  listener: (reachable: boolean) => void,
): Promise<() => void> {
  let told: boolean | null = null;
  let asked = 0;
  const ask = async (): Promise<void> => {
    const question = (asked += 1);
    const answer = await isReachable(bus, name).catch(() => false);
    // An answer to an earlier question may be late.
    if (question !== asked || answer === told) return;
    told = answer;
    listener(answer);
  };
  const changes = { interface: BUS.interface, member: 'NameOwnerChanged', sender: BUS.name, arg0: name };
  const end = await bus.onSignal(changes, () => void ask());
  bus.onReconnect(() => void ask());
  await ask();
  return () => {
    asked += 1;
    end();
  };
}

/** Whether somebody has this name, or the bus would start somebody who takes it. */
export async function isReachable(bus: Bus, name: string): Promise<boolean> {
  if (await bus.hasOwner(name)) return true;
  const startable = await bus.call(BUS, 'ListActivatableNames');
  return Array.isArray(startable) && startable.includes(name);
}

/** As the D-Bus specification has it, "Well-known Message Bus Instances". */
function addressOf(which: 'session' | 'system', env: NodeJS.ProcessEnv): string | null {
  if (which === 'system') {
    const given = env['DBUS_SYSTEM_BUS_ADDRESS'];
    if (given !== undefined && given !== '') return given;
    return existsSync(SYSTEM_SOCKET) ? `unix:path=${SYSTEM_SOCKET}` : null;
  }
  const given = env['DBUS_SESSION_BUS_ADDRESS'];
  if (given !== undefined && given !== '') return given;
  const socket = `${env['XDG_RUNTIME_DIR'] ?? ''}/bus`;
  return existsSync(socket) ? `unix:path=${socket}` : null;
}

function matchRule({ interface: owner, member, path, sender, arg0 }: SignalRule): string {
  const parts = { type: 'signal', interface: owner, member, path, sender, arg0 };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}='${value}'`)
    .join(',');
}

/** Rules of other listeners on this connection bring their signals too. The sender's name the bus alone can check. */
function fits(rule: SignalRule, { type, interface: owner, member, path, body }: Message): boolean {
  return (
    type === SIGNAL &&
    owner === rule.interface &&
    member === rule.member &&
    (rule.path === undefined || path === rule.path) &&
    (rule.arg0 === undefined || body?.[0] === rule.arg0)
  );
}

async function withLimit(work: PromiseLike<unknown>, otherwise: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), CONNECT_LIMIT_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
