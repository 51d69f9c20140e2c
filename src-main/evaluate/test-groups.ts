// A set of recordings in, its people out in groups, each with a models folder whose priors know nobody of the group.
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRandom } from '../agent/learn/random.ts';
import { buildPrior, canLeaveOut, priorsKnowing } from './left-out-priors.ts';
import { planTrials } from './plan.ts';
import { readPeople, readProtocol, type Person, type Protocol } from './protocol.ts';

export interface TestGroup {
  readonly people: readonly Person[];
  readonly modelsDir: string;
}

export interface TestSet {
  readonly protocol: Protocol;
  readonly groups: readonly TestGroup[];
}

/** The halves are those of `seclyzer evaluate`. */
const SEED = 1;

/**
 * @param recordings folder of the sets. @param name of one of them. @param modelsDir the shipped priors.
 * @param scratchDir for priors that are made anew; whoever made it removes it.
 */
export async function testGroups(
  recordings: string,
  name: string,
  modelsDir: string,
  scratchDir: string,
): Promise<TestSet> {
  const protocol = await readProtocol(path.join(recordings, name, 'protocol.json'));
  const knowing = priorsKnowing(protocol);
  const leaveOut = knowing.length > 0 && canLeaveOut(protocol);
  const { groups, cases } = planTrials(protocol, { mode: 'deployed', leaveOut, random: createRandom(SEED) });
  const made = groups.map(async ({ priorPeople }, group): Promise<TestGroup> => {
    const ids = cases.filter((one) => one.group === group).map(({ subject }) => subject);
    const people = await readPeople(protocol, ids);
    if (priorPeople === null) return { people, modelsDir };
    const folder = path.join(scratchDir, `${name}-${group}`);
    await cp(modelsDir, folder, { recursive: true });
    for (const { file } of knowing) {
      await writeFile(path.join(folder, file), await buildPrior({ file, people: priorPeople }, protocol));
    }
    return { people, modelsDir: folder };
  });
  return { protocol, groups: await Promise.all(made) };
}
