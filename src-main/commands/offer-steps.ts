// Steps that change the machine in; they are told, and taken once whoever reads them has agreed. Out: why they were not taken.
import type { Step } from '../step.ts';
import type { Terminal } from './terminal.ts';

export interface Offer {
  /** Why none of them can be taken here; null: they can. */
  readonly obstacle: string | null;
  /** Agreed beforehand. */
  readonly yes: boolean;
}

/** @returns null when all were taken. @throws Error of the step that failed; those before it were taken */
export async function offerSteps(
  terminal: Terminal,
  steps: readonly Step[],
  { obstacle, yes }: Offer,
): Promise<string | null> {
  terminal.say('This will:');
  for (const { words } of steps) terminal.say(`- ${words}`);
  if (obstacle !== null) return obstacle;
  const agreed = yes || (await terminal.confirm('Do that?'));
  if (agreed === null) return 'Nobody can be asked here: add --yes.';
  if (!agreed) return 'Nothing was changed.';
  for (const { take } of steps) take();
  return null;
}
