// What a decision was made from in, a few kilobytes for the audit log out, and back. Numbers come back bit by bit as they were, so that
// the same steps give the same decision.
// The bytes are zstd of: length of the text (uint32), the text (JSON), then the long vectors in the order in which the text calls for
// them: Float64 for the standing, Float32 for the evidence, little-endian.
import zlib from 'node:zlib';
import type { Modality, State } from '../../../src-preload/contract.ts';
import type { Evidence } from '../fuse/trust-filter.ts';
import type { FusionSettings } from '../settings.ts';
import type { Standing, StepInput, StepSettings } from './step.ts';

export interface RecordedStep {
  readonly input: StepInput;
  readonly settings: StepSettings;
}

/** What a decision was made from. */
export type DecisionEvidence = { readonly version: string } & (
  | { readonly kind: 'ticks'; readonly from: Standing; readonly steps: readonly RecordedStep[] }
  | { readonly kind: 'unlocked'; readonly state: State; readonly ready: boolean; readonly fusion: FusionSettings }
);

const FORMAT = 1;

type EvidenceText = Pick<Evidence, 'modality' | 'share'> & ({ readonly llr: number } | { readonly people: number });

interface TicksText {
  readonly format: typeof FORMAT;
  readonly version: string;
  readonly kind: 'ticks';
  readonly trust: { readonly logit: number; readonly sd: number; readonly people: number | null };
  readonly machine: Standing['machine'];
  /** Where another scorer decided. */
  readonly own?: Standing['machine'];
  readonly points: readonly (readonly [Modality, number])[];
  /** Each that holds for one step or more; a step names its own by its place. */
  readonly settings: readonly StepSettings[];
  readonly steps: readonly (Omit<StepInput, 'evidence'> & {
    readonly evidence: readonly EvidenceText[];
    readonly settings: number;
  })[];
}

type UnlockedText = { readonly format: typeof FORMAT } & Extract<DecisionEvidence, { kind: 'unlocked' }>;

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Ratios of a crowd must be numbers of 32 bits already: anything else would come back rounded. */
export function encodeEvidence(evidence: DecisionEvidence): Uint8Array {
  const vectors: Uint8Array[] = [];
  const text = JSON.stringify(
    evidence.kind === 'unlocked'
      ? ({ format: FORMAT, ...evidence } satisfies UnlockedText)
      : ticksText(evidence, vectors),
  );
  const json = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.byteLength);
  return zlib.zstdCompressSync(Buffer.concat([length, json, ...vectors]));
}

function ticksText(evidence: Extract<DecisionEvidence, { kind: 'ticks' }>, vectors: Uint8Array[]): TicksText {
  const { version, from, steps } = evidence;
  const { logit, sd, others } = from.trust;
  if (others !== undefined) vectors.push(bytesOf(others));
  const settings = [...new Map(steps.map((one) => [JSON.stringify(one.settings), one.settings])).entries()];
  return {
    ...{ format: FORMAT, version, kind: 'ticks' as const, trust: { logit, sd, people: others?.length ?? null } },
    ...{ machine: from.machine, points: [...from.points], settings: settings.map(([, one]) => one) },
    ...(from.own === undefined ? {} : { own: from.own }),
    steps: steps.map(({ input: { evidence: said, ...input }, settings: own }) => ({
      ...{ ...input, settings: settings.findIndex(([key]) => key === JSON.stringify(own)) },
      evidence: said.map((one): EvidenceText => {
        const { modality, share } = one;
        if ('llr' in one) return { modality, share, llr: one.llr };
        vectors.push(bytesOf(Float32Array.from(one.against)));
        return { modality, share, people: one.against.length };
      }),
    })),
  };
}

/** @throws Error for bytes that are nothing of the kind, or of a newer format. */
export function decodeEvidence(bytes: Uint8Array): DecisionEvidence {
  const plain = zlib.zstdDecompressSync(bytes);
  const end = 4 + plain.readUInt32LE(0);
  const text = JSON.parse(plain.subarray(4, end).toString()) as TicksText | UnlockedText;
  if (text.format !== FORMAT) throw new Error(`evidence of format ${String(text.format)} is not known`);
  if (text.kind === 'unlocked') return text;
  // A copy, for the buffer may begin anywhere and numbers may not.
  let at = end;
  const take = (length: number): ArrayBuffer => {
    const part = new Uint8Array(plain.subarray(at, (at += length)));
    if (part.byteLength !== length) throw new Error('evidence is cut off');
    return part.buffer;
  };
  const { people, ...levels } = text.trust;
  const trust = people === null ? levels : { ...levels, others: new Float64Array(take(8 * people)) };
  const steps = text.steps.map(({ evidence, settings, ...input }): RecordedStep => {
    const own = text.settings[settings];
    if (own === undefined) throw new Error('evidence lacks the settings of a step');
    const said = evidence.map((one): Evidence => {
      const { modality, share } = one;
      if ('llr' in one) return { modality, share, llr: one.llr };
      return { modality, share, against: Float64Array.from(new Float32Array(take(4 * one.people))) };
    });
    return { input: { ...input, evidence: said }, settings: own };
  });
  return {
    version: text.version,
    kind: 'ticks',
    from: {
      ...{ trust, machine: text.machine, points: new Map(text.points) },
      ...(text.own === undefined ? {} : { own: text.own }),
    },
    steps,
  };
}
