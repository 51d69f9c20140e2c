// What each figure of the benchmark says, in plain words, and how many seconds it takes on two cores of a server: what the table and the
// estimate of the time are made of. A figure may bring its own; one that is not listed goes by its name.
import type { Figure } from './bench-figure.ts';

export interface Words {
  readonly what: string;
  readonly seconds: number;
}

const USUAL_SECONDS = 5;

/** In the order of the pipeline. What several figures are measured with is made for the first of them. */
const WORDS: Readonly<Record<string, readonly [what: string, seconds: number]>> = {
  callback: ['from the callback of the input hook to the bus', 1],
  'input-latency-xinput': ['from a key of a real X server to the bus, by XInput2', 15],
  'input-moves-xinput': ['movements taken from the X server by XInput2', 1],
  'input-lost-xinput': ['movements lost of 50,000 a second by XInput2', 1],
  'input-cpu-xinput': ['processor time of typing and moving by XInput2', 1],
  'input-latency-uiohook': ['from a key of a real X server to the bus, by uiohook', 15],
  'input-moves-uiohook': ['movements taken from the X server by uiohook', 1],
  'input-lost-uiohook': ['movements lost of 50,000 a second by uiohook', 1],
  'input-cpu-uiohook': ['processor time of typing and moving by uiohook', 1],
  'bus-publish': ['one event onto the bus', 1],
  'bus-events-1': ['events through the bus to one subscriber', 1],
  'bus-events-5': ['events through the bus to five subscribers', 1],
  'features-keystroke': ['140 figures of half a minute of typing', 2],
  'features-mouse': ['38 figures of half a minute of the mouse', 2],
  'features-graphs': ['times of keys and pairs in half a minute of typing', 1],
  'features-strokes': ['79 figures of a quarter minute of the mouse', 2],
  'model-one': ['the slowest of the ONNX models on one window', 5],
  'model-all': ['all ONNX models and the Markov chain on one window', 4],
  'fuse-decide': ['evidence of a tick into trust and state', 1],
  training: ['both ONNX modalities learned anew', 4],
  'model-size': ['shipped priors and the models of one owner', 1],
  'model-typing': ['a second of typing against 1,000 invented people', 4],
  'model-strokes': ['a window of the mouse against its model', 2],
  tick: ['a tick from the windows to the row on the disk', 4],
  'tick-between': ['the longest piece of work between two ticks', 1],
  'rate-keystrokes': ['keystrokes withstood; more than hands type are not scored', 5],
  'rate-mouse': ['mouse events withstood', 5],
  'rate-apps': ['switches of the application withstood', 2],
  'replay-lines': ['lines of a recording parsed and checked', 1],
  'replay-keystrokes': ['keystrokes of a recording, all scored', 10],
  'replay-mouse': ['mouse events of a recording, all scored', 5],
  'replay-apps': ['switches of a recording, all scored', 2],
  'rate-writing': ['keystrokes read for how somebody writes', 5],
  'model-writing': ['a stretch of writing against its model', 3],
  'storage-30-days': ['database after thirty days', 60],
  'logs-parse-1000': ['1,000 log lines parsed', 2],
  'logs-vectors-100': ['100 vectors of log events', 1],
  'logs-batch': ['100 vectors scored', 1],
  'logs-alert': ['an alert written', 1],
  'logs-cycle-1000': ['1,000 log events from the line to the disk', 2],
  'history-write': ['a second of the history written', 5],
  'history-roll-up': ['an hour of the history packed', 1],
  'history-cpu': ['processor time for the history', 1],
  'history-query-30-days': ['a chart of thirty days read', 8],
  'monitor-bus': ['readings through the bus to two subscribers', 3],
  'monitor-events': ['readings through the processor', 4],
  'monitor-point': ['a reading scanned for anomalies', 2],
  'monitor-cost-cpu': ['processor time of the host monitor', 85],
  'monitor-cost-memory': ['memory of the host monitor', 1],
  'api-readings': ['requests for the newest readings', 9],
  'api-health': ['requests for the state', 9],
  'agent-start': ['the agent from its start until it is ready', 12],
  'agent-memory-idle': ['memory of the agent while nothing happens', 78],
  'agent-memory-working': ['memory of the agent, all models loaded', 138],
  'agent-cpu-idle': ['processor time of the agent while nothing happens', 1],
  'agent-cpu-working': ['processor time of the agent at work', 1],
  'app-idle': ['memory of the whole application beside an empty one', 40],
  'app-idle-memory': ['memory of the whole application, no window', 1],
};

export function wordsOf({ name, what, seconds }: Pick<Figure, 'name' | 'what' | 'seconds'>): Words {
  const [usual, usualSeconds] = WORDS[name] ?? [name.replaceAll('-', ' '), USUAL_SECONDS];
  return { what: what ?? usual, seconds: seconds ?? usualSeconds };
}
