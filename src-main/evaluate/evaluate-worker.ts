// A worker of the evaluation: one of its jobs in, the result out. The file is its own entry: started by worker-pool.ts it serves,
// imported it only says where it lies, so that it works from the sources and from the bundle alike.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChain, type ChainRun } from './chain.ts';
import { selectDetectors } from './detectors.ts';
import { buildPrior, type PriorJob } from './left-out-priors.ts';
import type { Case } from './plan.ts';
import { protocolFor, type Protocol } from './protocol.ts';
import { createReader, createTrials, readList, type CaseTrials, type RecordingReader } from './trials.ts';
import { serveJobs, WORKER_MARK } from './worker-pool.ts';

interface CommonJob {
  readonly protocolFile: string;
  /** Judges what is written instead of how. */
  readonly writing: boolean;
  /** Of the group that the job belongs to. */
  readonly modelsDir: string;
  readonly group: number;
}

export type Job =
  | (CommonJob & { readonly kind: 'prior'; readonly prior: PriorJob })
  | (CommonJob & { readonly kind: 'case'; readonly detector: string | null; readonly one: Case })
  | (CommonJob & {
      readonly kind: 'chain';
      readonly subject: string;
      /** Recordings of each impostor who takes over. */
      readonly impostors: readonly (readonly string[])[];
      /** For what the product keeps; removed by whoever made it. */
      readonly scratchDir: string;
    });

export type JobResult =
  | { readonly kind: 'prior' }
  | { readonly kind: 'case'; readonly trials: CaseTrials }
  | { readonly kind: 'chain'; readonly run: ChainRun };

export const WORKER_FILE = fileURLToPath(import.meta.url);

interface Opened {
  readonly protocol: Protocol;
  readonly read: RecordingReader;
  /** By models folder. */
  readonly scoring: Map<string, ReturnType<typeof createTrials>>;
}

function createWork(): (job: Job) => Promise<JobResult> {
  let opened: Promise<Opened> | null = null;
  const open = async ({ protocolFile, writing }: CommonJob): Promise<Opened> => {
    const protocol = await protocolFor(protocolFile, writing);
    return { protocol, read: createReader(protocol), scoring: new Map() };
  };
  return async (job) => {
    opened ??= open(job);
    const all = await opened;
    if (job.kind === 'case') return { kind: 'case', trials: await scoreCase(job, all) };
    if (job.kind === 'chain') return { kind: 'chain', run: await chainOf(job, all) };
    await mkdir(job.modelsDir, { recursive: true });
    await writeFile(path.join(job.modelsDir, job.prior.file), await buildPrior(job.prior, all.protocol));
    return { kind: 'prior' };
  };
}

async function scoreCase(
  { modelsDir, detector, one }: Extract<Job, { kind: 'case' }>,
  { protocol, read, scoring }: Opened,
): Promise<CaseTrials> {
  const { kinds } = selectDetectors(protocol.modality, detector);
  const known = scoring.get(modelsDir) ?? createTrials(protocol, read, kinds, modelsDir);
  scoring.set(modelsDir, known);
  return (await known)(one);
}

async function chainOf(
  { subject, modelsDir, impostors, scratchDir }: Extract<Job, { kind: 'chain' }>,
  { protocol, read }: Opened,
): Promise<ChainRun> {
  const dataDir = await mkdtemp(path.join(scratchDir, 'chain-'));
  const run = await runChain({
    modality: protocol.modality,
    modelsDir,
    dataDir,
    enrol: await readList(read, protocol.enrol[subject] ?? []),
    genuine: await readList(read, protocol.genuine[subject] ?? []),
    impostors: await Promise.all(impostors.map((files) => readList(read, files))),
  });
  await rm(dataDir, { recursive: true });
  return run;
}

if (process.argv[2] === WORKER_MARK && process.send !== undefined) serveJobs(createWork());
