// What both transports share: who listens, and the check of every message. In: raw messages. Out: an AgentClient's half that listens.
import { checkPush, ContractError } from '../src-preload/contract.ts';
import type { AgentAbsence, AgentClient, Push } from '../src-preload/contract.ts';

/** A client that also tells what the contract has no word for, so that the page can say it. */
export interface DashboardClient extends AgentClient {
  /** `refusal`: why the agent refuses this page, null where it is merely out of reach. Told at each failed attempt. */
  readonly onRefusal: (listener: (refusal: string | null) => void) => () => void;
  /** Why there is no agent, null while there is one. A browser cannot know: there it is never told. */
  readonly onAbsence: (listener: (absence: AgentAbsence | null) => void) => () => void;
  /** Starts an agent that has stopped for good; null where the page cannot. */
  readonly startAgent: (() => void) | null;
  /** Ends the whole program; null where the page cannot: a browser only shows it. */
  readonly quit: (() => void) | null;
  /** The number of messages that did not keep to the contract. */
  readonly onMalformed: (listener: (count: number) => void) => () => void;
}

/** No call takes longer, training included; an agent that hangs must not leave the page waiting for ever. */
export const CALL_LIMIT_MS = 120_000;

function listeners<T>() {
  const set = new Set<(value: T) => void>();
  return {
    add: (listener: (value: T) => void) => {
      set.add(listener);
      return () => void set.delete(listener);
    },
    tell: (value: T) => set.forEach((listener) => listener(value)),
  };
}

/**
 * Counts what breaks the contract and lets nothing of it through.
 *
 * @param complain Told of the first one only: at one a second the console would fill up.
 */
function createSieve(complain: (reason: string) => void) {
  const malformed = listeners<number>();
  let count = 0;
  const refuse = (error: unknown): void => {
    if (!(error instanceof ContractError) && !(error instanceof SyntaxError)) throw error;
    count += 1;
    if (count === 1) complain(`The agent sent a message that is not understood; others may follow: ${error.message}`);
    malformed.tell(count);
  };
  const receive = <T>(parse: () => T, use: (value: T) => void): void => {
    let value: T;
    try {
      value = parse();
    } catch (error) {
      refuse(error);
      return;
    }
    use(value);
  };
  return { receive, onMalformed: malformed.add };
}

export function createLine(complain: (reason: string) => void) {
  const { receive, onMalformed } = createSieve(complain);
  const pushes = listeners<Push>();
  const links = listeners<boolean>();
  const refusals = listeners<string | null>();
  let up = false;
  return {
    setLink: (next: boolean): void => {
      if (next === up) return;
      up = next;
      links.tell(up);
    },
    /** Checks with `parse` and hands the outcome on. */
    receive,
    receivePush: (parse: () => unknown): void => receive(() => checkPush(parse()), pushes.tell),
    tellRefusal: refusals.tell,
    listen: {
      onPush: pushes.add,
      onLink: (listener: (up: boolean) => void) => {
        listener(up);
        return links.add(listener);
      },
      onRefusal: refusals.add,
      onMalformed,
    },
  };
}

export type Line = ReturnType<typeof createLine>;
