// The lazy-loading rule: above 80 % of the machine's memory or of the program's own budget no session of a model is made, and those that there are
// go. Sessions enter, and what is known of memory; whether one may be made leaves, and which of them are held. Trust goes on with what remains.

/** There is no memory for a model at the moment: nothing is wrong with it. */
export class ModelRefused extends Error {}

export interface GatedSession {
  /** Of the model. */
  readonly name: string;
  readonly loaded: () => boolean;
  /** Gives the memory back; the next call asks the gate again. */
  readonly release: () => Promise<void>;
  /** The time until it is released idle begins anew. */
  readonly rest: () => void;
}

export interface GatePlace {
  /** Makes a session, and notes what that added to the memory of the process. */
  readonly measured: <T>(make: () => Promise<T>) => Promise<T>;
}

export interface ModelGate {
  /** One of a name: a model that was made anew takes the place of the one before. */
  readonly enter: (session: GatedSession) => GatePlace;
  /** @throws ModelRefused */
  readonly mustAllow: (name: string) => void;
  readonly idleMs: () => number;
}

export interface GatedModel {
  readonly name: string;
  readonly loaded: boolean;
  /** What it added when it was loaded last; null before. */
  readonly addedMiB: number | null;
}

export interface ModelDoor extends ModelGate {
  /** @param refusal why no session may be made; null when it may. Those that are held go when it is not. */
  readonly set: (refusal: string | null, idleMs: number) => void;
  readonly refusal: () => string | null;
  readonly models: () => readonly GatedModel[];
}

const BYTES_PER_MIB = 2 ** 20;
const USUAL_IDLE_MS = 120_000;
const unmeasured: GatePlace = { measured: (make) => make() };

/** For whoever has memory enough: commands that run for a moment, and tests. */
export const OPEN_GATE: ModelGate = {
  enter: () => unmeasured,
  mustAllow: () => undefined,
  idleMs: () => USUAL_IDLE_MS,
};

export function createModelDoor(rssBytes: () => number = () => process.memoryUsage.rss()): ModelDoor {
  const held = new Map<string, { readonly session: GatedSession; addedMiB: number | null }>();
  let refusal: string | null = null;
  let idle = USUAL_IDLE_MS;
  return {
    enter: (session) => {
      const one = { session, addedMiB: held.get(session.name)?.addedMiB ?? null };
      held.set(session.name, one);
      return {
        measured: async (make) => {
          const before = rssBytes();
          const made = await make();
          one.addedMiB = Math.max(0, rssBytes() - before) / BYTES_PER_MIB;
          return made;
        },
      };
    },
    mustAllow: (name) => {
      if (refusal !== null) throw new ModelRefused(`The model ${name} waits for memory: ${refusal}`);
    },
    idleMs: () => idle,
    set: (why, idleMs) => {
      refusal = why;
      const changed = idleMs !== idle;
      idle = idleMs;
      for (const { session } of held.values()) {
        if (!session.loaded()) continue;
        // What a call under way still throws, it tells its caller.
        if (why !== null) void session.release();
        else if (changed) session.rest();
      }
    },
    refusal: () => refusal,
    models: () =>
      [...held.values()].map(({ session, addedMiB }) => ({ name: session.name, loaded: session.loaded(), addedMiB })),
  };
}
