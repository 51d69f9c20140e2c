// Where the chosen moment stands in the audit log, and whether the log is whole.
import type { LogReport, Moment } from '../../../src-preload/contract.ts';
import { quantity } from '../../format.ts';
import { useVerifiedLog } from '../use-verified-log.ts';

type Place = NonNullable<Moment['entry']>;

/** `entry 1,204 of 1,310`, with what the verification has found since. */
function placeText({ seq, last }: Place, report: LogReport | null): string {
  const place = `Part of the audit chain: entry ${quantity(seq)} of ${quantity(report?.last ?? last)}`;
  if (report === null) return `${place}.`;
  return report.whole ? `${place}, whole.` : `${place}. The chain is broken.`;
}

function Found({ report: { whole, sentences, entry } }: { readonly report: LogReport }) {
  // The first sentence says no more than the line above.
  const told = [...(whole ? [] : sentences.slice(1, 2)), ...(entry === null ? [] : [entry.sentence])];
  return <p className={whole ? 'quiet' : 'trouble'}>{told.join(' ')}</p>;
}

export function ChainPlace({ entry }: { readonly entry: Place }) {
  const { answer, verify } = useVerifiedLog(entry.seq);
  return (
    <div className="chain">
      <div className="chain-place">
        <p>{placeText(entry, answer.step === 'found' ? answer.report : null)}</p>
        <button type="button" className="button" disabled={answer.step === 'asked'} onClick={verify}>
          {answer.step === 'asked' ? 'Verifying' : 'Verify chain'}
        </button>
      </div>
      <div role="status">
        {answer.step === 'found' && <Found report={answer.report} />}
        {answer.step === 'failed' && <p className="trouble">It could not be verified: {answer.trouble}</p>}
      </div>
    </div>
  );
}
