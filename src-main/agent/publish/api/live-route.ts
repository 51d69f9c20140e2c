// `GET /live` in, a stream out: which events, from where on, and whether there is room for one more client.
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { SAFE_HEADERS } from '../page-policy.ts';
import { LIVE_EVENTS } from './answers.ts';
import type { Live } from './live.ts';
import { Problem } from './problem.ts';
import { parseQuery } from './query.ts';

const words = `must be some of ${LIVE_EVENTS.join(', ')}, with commas between them`;
const query = v.strictObject({ event_type: v.optional(v.pipe(v.string(words), v.regex(/^[a-z_,]{1,256}$/, words))) });
const names = v.array(v.picklist(LIVE_EVENTS));

export function addLive(app: FastifyInstance, live: Live): void {
  app.get('/live', { exposeHeadRoute: false }, (request, reply) => {
    const { event_type } = parseQuery(query, request.query, '/live');
    const types = event_type === undefined ? null : v.safeParse(names, event_type.split(','));
    if (types?.success === false)
      throw new Problem(400, `"event_type" ${words}, not "${event_type}".`, { parameter: 'event_type' });
    if (!live.free()) {
      const detail = 'Too many clients listen already. Close one of them.';
      throw new Problem(503, detail, { headers: { 'retry-after': '10' } });
    }
    const lastId = request.headers['last-event-id'];
    reply.hijack();
    live.add(reply.raw, SAFE_HEADERS, types?.output ?? null, typeof lastId === 'string' ? lastId : null);
  });
}
