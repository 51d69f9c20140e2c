// What was asked for and what went in, one or two sentences for the user and the log out. Pure.
import { DATA_PARTS, type Deleted, type Deletion } from '../../../src-preload/contract.ts';
import { MODALITY_WORDS } from '../act/sentence.ts';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const megabytes = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const list = new Intl.ListFormat('en', { type: 'conjunction' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

const MODELS_STAY =
  'Models that were made before, what was counted of your typing and the names of applications can’t be taken apart by ' +
  'date: to be rid of those, delete what was learned as a whole.';

/** In the order in which they are said. */
const COUNTED = [
  ['readings', 'reading', 'readings'],
  ['decisions', 'decision', 'decisions'],
  ['windows', 'learned stretch of use', 'learned stretches of use'],
  ['models', 'version of your models', 'versions of your models'],
  ['entries', 'entry of the log', 'entries of the log'],
  ['incidents', 'incident', 'incidents'],
  ['alerts', 'alert', 'alerts'],
] as const;

type Gone = Omit<Deleted, 'sentence'>;

export const isWhole = ({ fromMs, toMs, modality, parts }: Deletion): boolean =>
  fromMs === null && toMs === null && modality === null && DATA_PARTS.every((part) => parts.includes(part));

export function deletionSentence(what: Deletion, gone: Gone): string {
  const things = COUNTED.flatMap(([field, one, several]) =>
    gone[field] === 0 ? [] : [`${number.format(gone[field])} ${gone[field] === 1 ? one : several}`],
  );
  const of = `${what.modality === null ? '' : ` of ${MODALITY_WORDS[what.modality]}`}${periodWords(what)}`;
  const sentences = [
    isWhole(what)
      ? `Deleted everything${things.length === 0 ? '' : `: ${list.format(things)}`}`
      : things.length === 0
        ? `There was nothing${of} to delete`
        : `Deleted ${list.format(things)}${of}`,
  ];
  if (gone.freedBytes >= 50_000) sentences[0] += `; ${megabytes.format(gone.freedBytes / 1e6)} MB given back`;
  const isPartOfTime = what.fromMs !== null || what.toMs !== null;
  if (isPartOfTime && what.parts.includes('learned')) sentences.push(MODELS_STAY.slice(0, -1));
  if (gone.unfinished !== null)
    sentences.push(`Some bytes are overwritten only at the next start. ${gone.unfinished}`.replace(/\.$/, ''));
  return `${sentences.join('. ')}.`;
}

/** ` of 14 to 16 November 2026`, by local time; empty for all of time. */
function periodWords({ fromMs, toMs }: Deletion): string {
  if (fromMs !== null && toMs !== null)
    return ` of ${dayAndMonth.formatRange(fromMs, toMs).replace(/\s*–\s*/, ' to ')}`;
  if (fromMs !== null) return ` since ${dayAndMonth.format(fromMs)}`;
  return toMs === null ? '' : ` up to ${dayAndMonth.format(toMs)}`;
}
