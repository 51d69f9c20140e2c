// What the doctor says about one thing that SecLyzer can make use of.
export interface Capability {
  readonly name: string;
  /** works; partly: with a limit that `detail` names; missing: not here. */
  readonly state: 'works' | 'partly' | 'missing';
  /** What was found, or why it does not work. */
  readonly detail: string;
  /** The one thing to do about it; null where nothing is to be done. */
  readonly fix: string | null;
  /** Whether nothing works without it. */
  readonly essential: boolean;
}

/** Looks at one thing. May throw: the caller puts the message into words. */
export type Check = () => Promise<Omit<Capability, 'name' | 'essential'>>;

/** Runs a check; a failure of the check itself is a finding as well. */
export async function runCheck(name: string, check: Check, essential = false): Promise<Capability> {
  try {
    return { name, essential, ...(await check()) };
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name, essential, state: 'missing', detail, fix: null };
  }
}
