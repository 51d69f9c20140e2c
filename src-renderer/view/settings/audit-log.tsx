// How the audit log was when it was last verified, and the button that verifies it now, with all that is found.
import { useVerifiedLog } from '../use-verified-log.ts';
import type { LogAnswer } from '../use-verified-log.ts';

function Found({ answer }: { readonly answer: LogAnswer }) {
  if (answer.step === 'failed') return <p className="trouble">It could not be verified: {answer.trouble}</p>;
  if (answer.step !== 'found') return null;
  const { whole, sentences, last, hash } = answer.report;
  return (
    <>
      <p className={whole ? 'quiet' : 'trouble'}>{sentences.join(' ')}</p>
      {last !== null && (
        <p className="quiet">
          Hash of the newest entry: <span className="path">{hash}</span>
        </p>
      )}
    </>
  );
}

/** @param sentence how it was when it was last verified. */
export function AuditLog({ sentence }: { readonly sentence: string }) {
  const { answer, verify } = useVerifiedLog();
  return (
    <div className="audit-log">
      <h3>The audit log</h3>
      <p>
        Every decision, change of state, lock, pause, setting, training and deletion is written to a log in which each
        entry is chained to the one before it: without the key nothing in it can be changed or left out unnoticed.{' '}
        {sentence}
      </p>
      <div role="status">
        <Found answer={answer} />
      </div>
      <button type="button" className="button" disabled={answer.step === 'asked'} onClick={verify}>
        {answer.step === 'asked' ? 'Verifying' : 'Verify now'}
      </button>
    </div>
  );
}
