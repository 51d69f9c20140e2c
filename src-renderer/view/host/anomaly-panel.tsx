// One anomaly with its evidence: what was measured, what is usual, who stood first, what raised it, what stood beside it, how often before.
import { useEffect, useState } from 'react';
import type { Anomaly, HostAnomalyDetail, MetricView } from '../../../src-preload/contract.ts';
import { fullTime, UNKNOWN } from '../../format.ts';
import { CHANNEL_WORDS, distanceWords, ordinal } from '../../host-words.ts';
import { readingText } from '../../reading.ts';
import { hrefOf } from '../../route.ts';
import { inWords, useDashboard } from '../../state.ts';
import { visibleText } from '../../visible-text.ts';
import { useInView } from '../history/use-in-view.ts';
import { useClient } from '../use-client.ts';
import { useNowMs } from '../use-now.ts';
import { AnomalyLink } from './anomaly-list.tsx';
import { EvidenceProcesses } from './evidence-processes.tsx';

const BEFORE_SHOWN = 3;
const CALLS_SHOWN = 5;

type Answer =
  { readonly id: number; readonly detail: HostAnomalyDetail } | { readonly id: number; readonly trouble: string };

/** null while it is not known. */
function useAnomaly(id: number): Answer | null {
  const client = useClient();
  const up = useDashboard((known) => known.link === 'up');
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (!up) return;
    let current = true;
    client.call('hostAnomaly', { id }).then(
      (detail) => current && setAnswer({ id, detail }),
      (error: unknown) => current && setAnswer({ id, trouble: inWords(error) }),
    );
    return () => {
      current = false;
    };
  }, [client, up, id]);
  return answer?.id === id ? answer : null;
}

type Words = Omit<MetricView, 'value'>;

function Figures({ anomaly, unit }: { readonly anomaly: Anomaly; readonly unit: string }) {
  const distance = distanceWords(anomaly);
  return (
    <dl className="before-after">
      <div>
        <dt>measured</dt>
        <dd>
          <strong>{readingText(anomaly.value, unit)}</strong>
        </dd>
      </div>
      <div>
        <dt>usual of late</dt>
        <dd>
          <strong>{readingText(anomaly.usual, unit)}</strong>
        </dd>
      </div>
      <div>
        <dt>score of 100</dt>
        <dd>
          <strong>{Math.floor(anomaly.score * 100)}</strong>
          <span className="quiet">alarm from 50</span>
        </dd>
      </div>
      {distance !== null && <div className="wide quiet">{distance}</div>}
    </dl>
  );
}

function Neighbours({ anomaly, words }: { readonly anomaly: Anomaly; readonly words: ReadonlyMap<string, Words> }) {
  const { neighbours } = anomaly.evidence;
  const known = neighbours.filter(({ value }) => value !== null);
  if (known.length === 0) return null;
  return (
    <table className="evidence-table">
      <caption>What stood beside it</caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">then</th>
          <th scope="col">usual</th>
        </tr>
      </thead>
      <tbody>
        {known.map(({ key, value, usual }) => {
          const { name = key, unit = '' } = words.get(key) ?? {};
          return (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{readingText(value, unit)}</td>
              <td>{readingText(usual, unit)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function SystemCalls({ counts }: { readonly counts: Readonly<Record<string, number>> | null }) {
  if (counts === null) return null;
  const most = Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, CALLS_SHOWN);
  const words = most.map(([name, count]) => `${name} ${readingText(count, '/s')}`);
  return <p>Most frequent system calls: {words.length === 0 ? UNKNOWN : words.join(', ')}.</p>;
}

function Before({ before }: Pick<HostAnomalyDetail, 'before'>) {
  const nowMs = useNowMs();
  if (before.length === 0) return <p className="quiet">The first of this metric as far as anomalies are kept.</p>;
  return (
    <>
      <h3>The {ordinal(before.length + 1)} of this metric. Before it:</h3>
      <ol className="plain">
        {before.slice(0, BEFORE_SHOWN).map((one) => (
          <AnomalyLink key={one.id} anomaly={one} nowMs={nowMs} />
        ))}
      </ol>
    </>
  );
}

function Detail({ detail: { anomaly, metrics, before } }: { readonly detail: HostAnomalyDetail }) {
  const words = new Map(metrics.map((metric) => [metric.key, metric]));
  return (
    <>
      <p className="anomaly-when">
        <span className="quiet">{fullTime(anomaly.atMs)}</span>
      </p>
      <p className="anomaly-sentence">{visibleText(anomaly.sentence)}</p>
      <Figures anomaly={anomaly} unit={words.get(anomaly.key)?.unit ?? ''} />
      <div className="evidence">
        <EvidenceProcesses evidence={anomaly.evidence} />
        <Neighbours anomaly={anomaly} words={words} />
      </div>
      <div>
        <h3>What raised it</h3>
        <p>{CHANNEL_WORDS[anomaly.channel]}</p>
      </div>
      <SystemCalls counts={anomaly.evidence.syscalls} />
      <Before before={before} />
    </>
  );
}

function Chosen({ id }: { readonly id: number }) {
  const answer = useAnomaly(id);
  if (answer === null) return <p className="quiet">Reading the evidence.</p>;
  if ('trouble' in answer) return <p className="trouble">{answer.trouble}</p>;
  return <Detail detail={answer.detail} />;
}

export function AnomalyPanel({ chosen }: { readonly chosen: number | null }) {
  const panel = useInView(chosen);
  if (chosen === null) return null;
  return (
    <section className="panel anomaly" ref={panel} tabIndex={-1} aria-labelledby="anomaly-title">
      <div className="anomaly-head">
        <h2 id="anomaly-title">This anomaly</h2>
        <a href={hrefOf({ page: 'host', anomaly: null })}>Close</a>
      </div>
      <Chosen id={chosen} />
    </section>
  );
}
