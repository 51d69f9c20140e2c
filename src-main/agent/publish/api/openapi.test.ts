// The API against its own document: every endpoint is asked with parameters made of its schemas, right ones and wrong ones, and every
// answer is held against what the document says of it, by a validator that knows nothing of ours (Ajv).
import assert from 'node:assert/strict';
import { get as httpGet } from 'node:http';
import { test, type TestContext } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { createRandom, type Random } from '../../learn/random.ts';
import { apiFixture, INCIDENT, POINT, type Answer, type ApiFixture } from './api.fixture.ts';

type Schema = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly summary: string;
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
  readonly security?: readonly unknown[];
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Told {
  readonly detail: string;
  readonly parameter?: string;
}

/** Asks for the document, and makes a check of an answer of it. */
async function contractOf(api: ApiFixture) {
  const document = JSON.parse((await api.ask('/openapi.json', { headers: {} })).body) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ ...document, $id: 'api' });
  const checks = new Map<string, ValidateFunction>();
  const pointer = (...keys: readonly string[]): string =>
    `api#/${keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const valid = (reference: string, value: unknown): string | null => {
    const check = checks.get(reference) ?? ajv.compile({ $ref: reference });
    checks.set(reference, check);
    return check(value) ? null : ajv.errorsText(check.errors);
  };
  const mustConform = (path: string, method: string, { status, headers, body }: Answer): void => {
    const where = `${method} ${path} ${status}`;
    const responses = document.paths[path]?.[method]?.responses;
    const content = responses?.[String(status)]?.content;
    assert.ok(content !== undefined, `${where} is not in the document: ${body.slice(0, 200)}`);
    const type = headers['content-type']?.split(';')[0] ?? '';
    assert.ok(Object.hasOwn(content, type), `${where} is of the type ${type}`);
    const value: unknown = type.endsWith('json') ? JSON.parse(body) : body;
    const reference = pointer('paths', path, method, 'responses', String(status), 'content', type, 'schema');
    assert.equal(valid(reference, value), null, where);
  };
  return { document, mustConform, valid, pointer };
}

/** A machine that has run for a quarter of an hour and was loaded at the end: there are anomalies and trends. */
async function loaded(t: TestContext): Promise<ApiFixture> {
  const api = await apiFixture(t);
  await api.alarm.pass(960_000);
  api.machine.busy = 97;
  await api.alarm.pass(15_000);
  return api;
}

const WRONG_NUMBERS = [
  '',
  ' ',
  'x',
  '1e3',
  '0x10',
  'NaN',
  'Infinity',
  '1.5',
  '-1',
  '１',
  '9'.repeat(40),
  "1' OR '1'='1",
  '\u0000',
  'null',
];

/** Of a parameter: values that it takes, and that it does not. */
function valuesOf(
  { schema }: Parameter,
  random: Random,
): { readonly right: readonly string[]; readonly wrong: readonly string[] } {
  const {
    type,
    minimum,
    maximum,
    enum: names,
  } = schema as { type?: string; minimum?: number; maximum?: number; enum?: string[] };
  if (names !== undefined)
    return { right: names, wrong: ['', 'x', `${names[0]} `, names[0]?.toUpperCase() ?? '', names.join(',')] };
  if (type === 'integer') {
    assert.ok(minimum !== undefined && maximum !== undefined, 'a number without bounds');
    const inside = Array.from({ length: 2 }, () => String(minimum + random.int(maximum - minimum)));
    const outside = [minimum - 1, maximum + 1, maximum * 1000].map(String);
    return { right: [String(minimum), String(maximum), ...inside], wrong: [...outside, ...WRONG_NUMBERS] };
  }
  return {
    right: ['cpu.busyPercent', 'cpu.cpu1.frequencyMHz', 'x', '', 'a.b.c.d', '%', '../..', '𝄞', 'x'.repeat(200)],
    wrong: ['x'.repeat(201)],
  };
}

const queryOf = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0
    ? ''
    : `?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;

/** Endpoints that answer once; the stream has a test of its own. */
const gets = ({ paths }: Document): readonly (readonly [path: string, operation: Operation])[] =>
  Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined || path === '/live' ? [] : [[path, get] as const],
  );

test('the document is one: 3.1, every reference leads somewhere, every endpoint says what it is for', async (t) => {
  const api = await apiFixture(t);
  const { document } = await contractOf(api);
  assert.match(document.openapi, /^3\.1\./);
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(name !== undefined && Object.hasOwn(document.components.schemas, name), name);
  assert.doesNotMatch(text, /"\$ref":"#\/\$defs/);
  const wanted = ['/', '/metrics/realtime', '/metrics/history', '/anomalies', '/trends', '/events', '/stats', '/trust'];
  wanted.push(
    '/trust/history',
    '/alerts',
    '/budget',
    '/budget/history',
    '/healthz',
    '/metrics',
    '/live',
    '/ingest',
    '/openapi.json',
  );
  assert.deepEqual(Object.keys(document.paths).toSorted(), wanted.toSorted());
  for (const operations of Object.values(document.paths))
    for (const { summary } of Object.values(operations)) assert.match(summary, /^[A-Z].*\.$/);
  const ids = Object.values(document.paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  assert.ok(ids.includes('metricsHistory') && ids.includes('openapiJson') && new Set(ids).size === wanted.length);
});

test('with right parameters every answer is as the document says, and there is something in it', async (t) => {
  const api = await loaded(t);
  const { document, mustConform } = await contractOf(api);
  const random = createRandom(7);
  for (const [path, { parameters = [] }] of gets(document)) {
    const required = parameters.filter((one) => one.required).map(({ name }) => [name, 'cpu.busyPercent'] as const);
    const plain = await api.ask(`${path}${queryOf(required)}`);
    assert.equal(plain.status, 200, path);
    mustConform(path, 'get', plain);
    if (path !== '/openapi.json') assert.ok(plain.body.length > 20, `${path}: ${plain.body}`);
    for (const parameter of parameters)
      for (const value of valuesOf(parameter, random).right) {
        const others = required.filter(([name]) => name !== parameter.name);
        const answer = await api.ask(`${path}${queryOf([...others, [parameter.name, value]])}`);
        mustConform(path, 'get', answer);
        assert.ok(
          answer.status === 200 || (answer.status === 404 && parameter.name === 'metric_key'),
          `${path} ${value}: ${answer.status}`,
        );
      }
  }
});

test('with a wrong parameter the answer is the documented problem and names it', async (t) => {
  const api = await apiFixture(t);
  await api.alarm.pass(2500);
  const { document, mustConform } = await contractOf(api);
  const random = createRandom(8);
  for (const [path, { parameters = [] }] of gets(document)) {
    const required = parameters.filter((one) => one.required).map(({ name }) => [name, 'cpu.busyPercent'] as const);
    const refuse = async (pairs: readonly (readonly [string, string])[], name: string): Promise<void> => {
      const answer = await api.ask(`${path}${queryOf(pairs)}`);
      const where = `${path}${queryOf(pairs)}`;
      assert.equal(answer.status, 400, where);
      mustConform(path, 'get', answer);
      const { parameter, detail } = JSON.parse(answer.body) as Told;
      assert.equal(parameter, name, where);
      assert.ok(detail.includes(`"${name}"`), detail);
    };
    if (path === '/openapi.json') continue;
    await refuse([...required, ['nonesuch', '1']], 'nonesuch');
    for (const [name] of required)
      await refuse(
        required.filter(([other]) => other !== name),
        name,
      );
    for (const parameter of parameters) {
      const others = required.filter(([name]) => name !== parameter.name);
      for (const value of valuesOf(parameter, random).wrong)
        await refuse([...others, [parameter.name, value]], parameter.name);
      const [first = ''] = valuesOf(parameter, random).right;
      await refuse([...others, [parameter.name, first], [parameter.name, first]], parameter.name);
    }
  }
});

test('refusals are documented: no token, another site, another method, the monitor turned off', async (t) => {
  const api = await apiFixture(t, { monitorOn: false });
  const { document, mustConform } = await contractOf(api);
  for (const [path, operations] of Object.entries(document.paths)) {
    const [method = 'get'] = Object.keys(operations);
    const asked = { method: method.toUpperCase() };
    const statuses: number[] = [];
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { host: 'evil.example' },
      { origin: 'http://evil.example' },
    ]) {
      const answer = await api.ask(path, { ...asked, headers });
      statuses.push(answer.status);
      mustConform(path, method, answer);
    }
    const open = operations[method]?.security?.length === 0;
    assert.deepEqual(statuses, open ? [200, 200, 421, 403] : [401, 401, 421, 403], path);
    for (const other of ['DELETE', 'PUT', method === 'get' ? 'POST' : 'GET']) {
      const answer = await api.ask(path, { method: other });
      assert.equal(answer.status, 405);
      mustConform(path, method, answer);
      assert.ok(answer.headers.allow?.split(', ').includes(method.toUpperCase()), path);
    }
  }
  for (const path of ['/metrics/realtime', '/trends']) {
    const answer = await api.ask(path);
    assert.equal(answer.status, 503);
    mustConform(path, 'get', answer);
  }
});

test('bodies: what the document forbids is refused, what it allows is taken', async (t) => {
  const api = await apiFixture(t);
  await api.alarm.pass(2000);
  const { mustConform, valid, pointer } = await contractOf(api);
  const reference = pointer('paths', '/ingest', 'post', 'requestBody', 'content', 'application/json', 'schema');
  const random = createRandom(9);
  const statuses = new Map<number, number>();
  for (let i = 0; i < 300; i++) {
    const event = mutated(rightEvent(`s${i % 16}`), random);
    const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' };
    const answer = await api.ask('/ingest', { method: 'POST', headers, body: JSON.stringify(event) });
    mustConform('/ingest', 'post', answer);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const problem = valid(reference, event);
    // The document can't say all: a time that is too old, or too many of one source, are refused as well.
    if (answer.status === 200) assert.equal(problem, null, JSON.stringify(event));
    else if (problem === null)
      assert.match(
        answer.body,
        /older than a minute|in the future|once in 500 ms|16 sources already/,
        JSON.stringify(event),
      );
  }
  assert.ok((statuses.get(200) ?? 0) >= 16 && (statuses.get(422) ?? 0) >= 100, JSON.stringify([...statuses]));
});

const rightEvent = (source: string) => ({
  ...{ timestamp: Date.now() * 1000, event_type: 'memory_metric', source },
  data: { values: { usedPercent: 12, freeMiB: null }, parts: { swap: { usedMiB: 1 } } },
});

const ODD: readonly unknown[] = [
  null,
  '',
  'x',
  -1,
  1.5,
  1e300,
  true,
  [],
  {},
  { values: 1 },
  'cpu_metric',
  'anomaly',
  'A',
  'x'.repeat(100),
];

/** Half of them as they are; in the others one member, at any depth, is left out, renamed, added or something else. */
function mutated(event: Schema, random: Random): unknown {
  if (random.uniform() < 0.3) return event;
  const copy = structuredClone(event) as Record<string, unknown>;
  let at = copy;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[random.int(keys.length)] ?? 'none';
    const inside = at[key];
    if (typeof inside === 'object' && inside !== null && random.uniform() < 0.7) {
      at = inside as Record<string, unknown>;
      continue;
    }
    const how = random.int(4);
    if (how === 0) delete at[key];
    else if (how === 1) at[key] = ODD[random.int(ODD.length)];
    else if (how === 2) at['Not a name'] = 1;
    else at['fresh'] = ODD[random.int(ODD.length)];
    return copy;
  }
}

test('the stream: every event is as the document says', { timeout: 20_000 }, async (t) => {
  const api = await apiFixture(t);
  const { valid } = await contractOf(api);
  const events = await new Promise<readonly (readonly [name: string, data: unknown])[]>((resolve, reject) => {
    const headers = { authorization: `Bearer ${api.token}` };
    const request = httpGet(`${api.url}/live`, { headers, agent: false }, (response) => {
      assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8');
      let text = '';
      response.on('error', () => undefined);
      response.on('data', (part: Buffer) => {
        text += part.toString();
        const found = [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)];
        if (found.length < 5) return;
        request.destroy();
        resolve(found.map(([, name = '', data = '']) => [name, JSON.parse(data) as unknown] as const));
      });
    });
    request.on('error', reject);
    const told = setInterval(() => {
      if (api.listeners() === 0) return;
      clearInterval(told);
      api.push({ push: 'trustPoint', data: POINT });
      api.push({ push: 'incident', data: INCIDENT });
      api.push({
        push: 'decision',
        data: { atMs: 1, from: 'NORMAL', to: 'MONITORING', trust: 60, points: {}, reason: 'x' },
      });
      void api.alarm.pass(1500);
    }, 10);
  });
  const schemas: Readonly<Record<string, string>> = { trust: 'TrustPoint', incident: 'Incident', decision: 'Decision' };
  for (const [name, data] of events) {
    const reference = `api#/components/schemas/${schemas[name] ?? 'HostEvent'}`;
    assert.equal(valid(reference, data), null, name);
  }
  assert.deepEqual(
    events.map(([name]) => name),
    ['trust', 'incident', 'decision', 'cpu_metric', 'process_metric'],
  );
});
