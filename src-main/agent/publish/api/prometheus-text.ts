// Figures with their names in, the text that a Prometheus server scrapes out. Everything is read when it is asked for; nothing is counted along
// besides.

export type Labels = Readonly<Record<string, string>>;

/** One sample. What is null, or no number, is left out. */
export type Add = (name: string, help: string, value: number | null, labels?: Labels) => void;

export interface PrometheusText {
  /** As Content-Type. */
  readonly type: string;
  readonly text: string;
}

/** One name with all that stands under it. */
interface Family {
  readonly kind: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: { readonly labels: Labels; readonly value: number }[];
}

/** In the text format, version 0.0.4. */
export async function textOf(fill: (gauge: Add, counter: Add) => void): Promise<PrometheusText> {
  // Read when somebody asks for the first time: most runs are never scraped.
  const { Counter, Gauge, Registry } = (await import('prom-client')).default;
  const registry = new Registry();
  for (const [name, { kind, help, samples }] of familiesOf(fill)) {
    const labelNames = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
    const about = { name, help, labelNames, registers: [registry] };
    if (kind === 'gauge') {
      const gauge = new Gauge(about);
      for (const { labels, value } of samples) gauge.set(labels, value);
    } else {
      const counter = new Counter(about);
      for (const { labels, value } of samples) counter.inc(labels, value);
    }
  }
  return { type: registry.contentType, text: await registry.metrics() };
}

function familiesOf(fill: (gauge: Add, counter: Add) => void): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  const add =
    (kind: Family['kind']): Add =>
    (name, help, value, labels = {}) => {
      if (value === null || !Number.isFinite(value)) return;
      const family = families.get(name) ?? { kind, help, samples: [] };
      families.set(name, family);
      family.samples.push({ labels, value });
    };
  fill(add('gauge'), add('counter'));
  return families;
}
