// One step of a change to the machine: told before it is taken.
export interface Step {
  readonly words: string;
  /** @throws Error with the reason in words */
  readonly take: () => void;
}
