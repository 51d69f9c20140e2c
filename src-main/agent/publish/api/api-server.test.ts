import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { apiFixture, type Answer, type ApiFixture } from './api.fixture.ts';
import { tokenFile, newToken } from './token-file.ts';

const JSON_HEAD = { 'content-type': 'application/json' };

interface Told {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly parameter?: string;
  readonly near?: readonly string[];
}

/** The problem that an answer holds, which must say its own status. */
function problemOf(answer: Answer): Told {
  assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', answer.body);
  const problem = JSON.parse(answer.body) as Told;
  assert.deepEqual([problem.status, problem.type], [answer.status, 'about:blank']);
  return problem;
}

const statusOf = async (asked: Promise<Answer>): Promise<number> => (await asked).status;

describe('who may ask', () => {
  test('no token, a wrong one, a longer and a shorter one: 401, and nothing is told', async (t) => {
    const api = await apiFixture(t);
    const tokens = [
      '',
      'Bearer',
      'Bearer wrong',
      `Bearer ${api.token}x`,
      `Bearer ${api.token.slice(1)}`,
      `Basic ${api.token}`,
    ];
    for (const authorization of tokens)
      for (const path of ['/', '/trust', '/metrics', '/live', '/stats', '/nothing', `/trust?token=${api.token}`]) {
        const answer = await api.ask(path, { headers: authorization === '' ? {} : { authorization } });
        const { title } = problemOf(answer);
        assert.deepEqual([answer.status, title, answer.headers['www-authenticate']], [401, 'Unauthorized', 'Bearer']);
      }
    const posted = await api.ask('/ingest', { method: 'POST', headers: JSON_HEAD, body: '{}' });
    assert.equal(posted.status, 401);
    assert.equal(await statusOf(api.ask('/trust')), 200);
    assert.equal(await statusOf(api.ask('/trust', { headers: { authorization: `bearer ${api.token}` } })), 401);
  });

  test('what tells nothing of this machine needs none', async (t) => {
    const api = await apiFixture(t);
    for (const path of ['/healthz', '/openapi.json', '/docs/', '/docs/start.js', '/docs/swagger-ui.css'])
      assert.equal(await statusOf(api.ask(path, { headers: {} })), 200, path);
    const page = await api.ask('/', { headers: { accept: 'text/html,*/*' } });
    assert.deepEqual([page.status, page.headers.location], [303, '/docs/']);
  });

  test('another token is taken at once, and the one before no longer; without a file nobody has one', async (t) => {
    const api = await apiFixture(t);
    const fresh = await newToken(api.dataDir);
    assert.equal(await statusOf(api.ask('/trust')), 401);
    assert.equal(await statusOf(api.ask('/trust', { headers: { authorization: `Bearer ${fresh}` } })), 200);
    rmSync(tokenFile(api.dataDir));
    assert.equal(await statusOf(api.ask('/trust', { headers: { authorization: `Bearer ${fresh}` } })), 401);
    assert.equal(await statusOf(api.ask('/trust', { headers: { authorization: 'Bearer null' } })), 401);
  });

  test('any Host but its own is misdirected, any Origin but its own refused, the token notwithstanding', async (t) => {
    const api = await apiFixture(t);
    const { port } = api;
    const bearer = { authorization: `Bearer ${api.token}` };
    for (const host of [
      'evil.example',
      '127.0.0.1',
      `evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
      `0.0.0.0:${port}`,
      `[::1]:${port}`,
    ])
      for (const path of ['/trust', '/healthz', '/openapi.json'])
        assert.equal(problemOf(await api.ask(path, { headers: { ...bearer, host } })).status, 421, host);
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
    ])
      assert.equal(problemOf(await api.ask('/trust', { headers: { ...bearer, origin } })).status, 403, origin);
    assert.equal(
      await statusOf(api.ask('/trust', { headers: { ...bearer, origin: `http://127.0.0.1:${port}` } })),
      200,
    );
    assert.equal(await statusOf(api.ask('/trust', { headers: { ...bearer, host: `localhost:${port}` } })), 200);
  });
});

describe('what goes wrong says so', () => {
  test('an unknown metric is 404 with those near to it', async (t) => {
    const api = await apiFixture(t);
    await api.alarm.pass(3000);
    const { status, detail, near } = problemOf(await api.ask('/metrics/history?metric_key=cpu.busyPercnt'));
    assert.equal(status, 404);
    assert.equal(near?.[0], 'cpu.busyPercent');
    assert.match(detail, /^There is no metric "cpu\.busyPercnt"\. Near to it: cpu\.busyPercent/);
    assert.deepEqual(problemOf(await api.ask('/metrics/history?metric_key=zzzzzzzzzzzzzzzzzz')).near, []);
  });

  test('a wrong parameter is 400 and named, an unknown one and one given twice too', async (t) => {
    const api = await apiFixture(t);
    const cases = [
      ['/anomalies?limit=0', 'limit', '"limit" must be a whole number from 1 to 500, not "0".'],
      ['/anomalies?limit=ten', 'limit', '"limit" must be a whole number from 1 to 500, not "ten".'],
      ['/anomalies?limit=', 'limit', '"limit" must be a whole number from 1 to 500, not "".'],
      ['/alerts?limit=1.5', 'limit', '"limit" must be a whole number from 1 to 500, not "1.5".'],
      ['/events?limit=1&limit=2', 'limit', '"limit" must be a whole number from 1 to 5000, and given once.'],
      ['/metrics/history', 'metric_key', '"metric_key" is missing; /metrics/history needs it.'],
      ['/trust?now=1', 'now', '"now" is no parameter of /trust. It takes none.'],
      ['/trust/history?hours=1', 'hours', '"hours" is no parameter of /trust/history. It takes seconds, points.'],
      ['/trust?__proto__=1', '__proto__', '"__proto__" is no parameter of /trust. It takes none.'],
    ] as const;
    for (const [path, parameter, detail] of cases) {
      const problem = problemOf(await api.ask(path));
      assert.deepEqual([problem.status, problem.parameter, problem.detail], [400, parameter, detail], path);
    }
    const typed = problemOf(await api.ask('/events?event_type=cpu'));
    assert.deepEqual([typed.status, typed.parameter], [400, 'event_type']);
    assert.match(typed.detail, /must be one of cpu_metric, .*, trend, not "cpu"\.$/);
  });

  test('the wrong method is 405 and says which are right', async (t) => {
    const api = await apiFixture(t);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await api.ask('/trust', { method });
      assert.deepEqual([problemOf(answer).status, answer.headers.allow], [405, 'GET, HEAD'], method);
    }
    const get = await api.ask('/ingest');
    assert.deepEqual([problemOf(get).status, get.headers.allow], [405, 'POST']);
    const head = await api.ask('/trust', { method: 'HEAD' });
    assert.deepEqual([head.status, head.body], [200, '']);
  });

  test('another type of body is 415, one that is no JSON 400, one of 10 MB 413, and all goes on', async (t) => {
    const api = await apiFixture(t);
    const headers = { authorization: `Bearer ${api.token}`, ...JSON_HEAD };
    const post = (body: string | Buffer, more = {}) =>
      api.ask('/ingest', { method: 'POST', headers: { ...headers, ...more }, body });
    assert.equal(problemOf(await post('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).status, 415);
    assert.equal(problemOf(await post('x', { 'content-type': 'text/plain' })).status, 415);
    assert.equal(problemOf(await post('{"a":')).status, 400);
    assert.equal(problemOf(await post('{"__proto__":{"a":1}}')).status, 400);
    assert.doesNotMatch(problemOf(await post('{"key":"hunter2"')).detail, /hunter2/);
    assert.equal(problemOf(await post('7')).status, 400);
    assert.equal(problemOf(await post(`[${'{},'.repeat(1000)}{}]`)).status, 413);
    const large = await post(Buffer.alloc(10_000_000, ' ')).catch((error: NodeJS.ErrnoException) => error.code);
    // The server answers and hangs up; the sender may meet the hanging up first.
    if (typeof large === 'object') assert.equal(problemOf(large).status, 413);
    else assert.ok(large === 'ECONNRESET' || large === 'EPIPE', String(large));
    assert.equal(await statusOf(api.ask('/trust')), 200);
  });

  test('no path leads out of it', async (t) => {
    const api = await apiFixture(t);
    const paths = [
      '/../../etc/passwd',
      '/docs/../../package.json',
      '/docs/..%2f..%2fpackage.json',
      '/docs/%2e%2e/api-token',
      '/docs//etc/passwd',
    ];
    for (const path of [
      ...paths,
      '/docs/start.js%00',
      '/%',
      '/docs/index.js',
      '/.api-token',
      '//trust',
      '/trust/',
      '/TRUST',
    ]) {
      const answer = await api.ask(path);
      const { status } = problemOf(answer);
      assert.ok(status === 404 || status === 400, `${path}: ${status}`);
      assert.ok(!answer.body.includes('root:') && !answer.body.includes(api.token));
    }
  });

  test('with the monitor turned off, what it would tell is 503 and says why; the rest goes on', async (t) => {
    const api = await apiFixture(t, { monitorOn: false });
    for (const path of ['/metrics/realtime', '/metrics/history?metric_key=cpu.busyPercent', '/trends']) {
      const { status, detail } = problemOf(await api.ask(path));
      assert.equal(status, 503);
      assert.match(detail, /^The host monitor is turned off\. .* turns it on\.$/);
    }
    for (const path of [
      '/trust',
      '/anomalies',
      '/events',
      '/stats',
      '/metrics',
      '/budget',
      '/budget/history',
      '/alerts',
    ])
      assert.equal(await statusOf(api.ask(path)), 200, path);
  });
});

describe('what would wear it out', () => {
  test('1,000 requests a second: those beyond the rate are 429 with when to come back; strangers do not lock its owner out', async (t) => {
    const rate = { owner: 300, stranger: 60, windowMs: 60_000 };
    const api = await apiFixture(t, { rate });
    const burst = (count: number, headers: Record<string, string>): Promise<number[]> =>
      Promise.all(Array.from({ length: count }, () => statusOf(api.ask('/trust', { headers }))));
    const many = (statuses: readonly number[], wanted: number): number =>
      statuses.filter((one) => one === wanted).length;
    const strangers = [...(await burst(50, {})), ...(await burst(50, {}))];
    assert.deepEqual([many(strangers, 401), many(strangers, 429)], [60, 40]);
    const startMs = performance.now();
    const owner: number[] = [];
    const bearer = { authorization: `Bearer ${api.token}` };
    for (let i = 0; i < 20; i++) owner.push(...(await burst(50, bearer)));
    assert.deepEqual([many(owner, 200), many(owner, 429)], [300, 700]);
    assert.ok(performance.now() - startMs < 20_000);
    const refused = await api.ask('/trust');
    assert.equal(problemOf(refused).status, 429);
    const seconds = Number(refused.headers['retry-after']);
    assert.ok(seconds >= 1 && seconds <= 60);
  });

  test('who sends a request a byte a second is hung up on, and meanwhile others are served', async (t) => {
    const api = await apiFixture(t, { requestMs: 1000 });
    const slow = Array.from({ length: 40 }, () => openSlowly(api));
    const prompt = await api.ask('/trust');
    assert.equal(prompt.status, 200);
    const ended = await Promise.all(slow);
    for (const { text, tookMs } of ended) {
      assert.match(text, /^HTTP\/1\.1 408 Request Timeout\r\nContent-Type: application\/problem\+json/);
      assert.ok(tookMs < 10_000, `${tookMs} ms`);
    }
    assert.equal(await statusOf(api.ask('/trust')), 200);
  });

  test('more connections than it has room for are turned away; later ones get in', async (t) => {
    const api = await apiFixture(t);
    const sockets = await Promise.all(Array.from({ length: 80 }, () => openConnection(api)));
    const open = sockets.filter(({ destroyed }) => !destroyed);
    assert.ok(open.length <= 64, `${open.length} connections are open`);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await statusOf(api.ask('/trust')), 200);
  });

  test('what is no HTTP, and headers without end, get an answer and no more', async (t) => {
    const api = await apiFixture(t);
    assert.match(
      await say(api, 'HELLO\r\n\r\n'),
      /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/,
    );
    assert.match(await say(api, `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  });
});

/** Sends a request a byte at a time until it is hung up on. */
function openSlowly({ port }: ApiFixture): Promise<{ readonly text: string; readonly tookMs: number }> {
  return new Promise((resolve) => {
    const startMs = performance.now();
    let text = '';
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /trust HTTP/1.1\r\nHost: ');
    const drip = setInterval(() => socket.write('x'), 100);
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      resolve({ text, tookMs: performance.now() - startMs });
    });
  });
}

function openConnection({ port }: ApiFixture): Promise<ReturnType<typeof connect>> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(socket));
    socket.once('connect', () => setTimeout(() => resolve(socket), 200));
  });
}

function say({ port }: ApiFixture, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (part: Buffer) => (answer += part.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
}
