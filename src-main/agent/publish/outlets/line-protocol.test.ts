import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineFrom, lineOf } from './line-protocol.ts';

const TAGS = { host: 'desk', user: 'ada' };
const TS = 1_701_423_846_000_000;

// Each expected line is written by the rules of https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/.
test('names and values are escaped as the protocol says', () => {
  assert.equal(
    lineFrom('a b,c=d', { 'k e,y=': 'v a,l=u e' }, [['f i,e=ld', 'say "hi" \\ there']], 1),
    String.raw`a\ b\,c=d,k\ e\,y\==v\ a\,l\=u\ e f\ i\,e\=ld="say \"hi\" \\ there" 1`,
  );
  assert.equal(lineFrom('m', { t: 'C:\\' }, [['f', 1]], 1), 'm,t=C: f=1 1', 'a backslash would escape the space');
  assert.equal(lineFrom('m', {}, [['f', 'one\ntwo\r\n']], 1), 'm f="one two " 1', 'one record, one line');
});

test('what is not known is left out, and a record of nothing is no line', () => {
  assert.equal(
    lineFrom(
      'm',
      { a: '' },
      [
        ['f', null],
        ['g', NaN],
        ['h', -0.5],
        ['i', 1e21],
      ],
      7,
    ),
    'm h=-0.5,i=1e+21 7',
  );
  assert.equal(lineFrom('m', TAGS, [['f', null]], 7), '');
});

test('each kind of record under its name, tags in order', () => {
  assert.equal(
    lineOf(
      {
        kind: 'features',
        modality: 'mouse',
        ts: TS,
        events: 4,
        raw: 90,
        fresh: 15,
        names: ['speed', 'jitter'],
        values: Float32Array.of(1.5, NaN),
      },
      TAGS,
    ),
    `mouse_features,host=desk,modality=mouse,user=ada speed=1.5,events=4 ${TS}`,
  );
  assert.equal(
    lineOf({ kind: 'transition', ts: TS, from: 'firefox', to: 'code', dwellS: 12.25 }, TAGS),
    `app_transitions,host=desk,modality=app,user=ada from="firefox",to="code",dwell_seconds=12.25 ${TS}`,
  );
  assert.equal(
    lineOf(
      {
        ...{ kind: 'score', ts: TS, trust: 91.4, low: 84, high: null, state: 'NORMAL' },
        modalities: [{ modality: 'keystroke', llr: 2.5, points: -1 }],
      },
      TAGS,
    ),
    [
      `confidence_scores,host=desk,modality=all,user=ada trust=91.4,low=84,state="NORMAL" ${TS}`,
      `confidence_scores,host=desk,modality=keystroke,user=ada llr=2.5,points=-1 ${TS}`,
    ].join('\n'),
  );
  assert.equal(
    lineOf({ kind: 'change', ts: TS, from: 'NORMAL', to: 'MONITORING', trust: 61, reason: 'Typing: "fast".' }, TAGS),
    String.raw`state_changes,host=desk,modality=all,user=ada from="NORMAL",to="MONITORING",trust=61,reason="Typing: \"fast\"." ${TS}`,
  );
});
