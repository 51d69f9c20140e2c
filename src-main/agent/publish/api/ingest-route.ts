// `POST /ingest` in: an event, or a list of them. Out: how many were taken, and why the others were not.
import type { FastifyInstance } from 'fastify';
import { ingested } from './answers.ts';
import type { Ingest, Refusal } from './ingest.ts';
import { Problem } from './problem.ts';
import { sendJson } from './replies.ts';

const BATCH_AT_MOST = 1000;
/** The first ones say what is wrong. */
const REASONS_AT_MOST = 20;
const STATUS = { malformed: 422, forbidden: 403, unavailable: 503 } as const satisfies Record<Refusal['kind'], number>;

export function addIngest(app: FastifyInstance, ingest: Ingest): void {
  app.post('/ingest', async ({ body }, reply) => {
    if (typeof body !== 'object' || body === null)
      throw new Problem(400, 'The body must be an event, or a list of events.');
    const events: readonly unknown[] = Array.isArray(body) ? body : [body];
    if (events.length > BATCH_AT_MOST)
      throw new Problem(413, `${events.length} events came; send at most ${BATCH_AT_MOST} at once.`);
    const refused = events.flatMap((event, index) => {
      const refusal = ingest.take(event);
      return refusal === null ? [] : [{ index, ...refusal }];
    });
    const [first] = refused;
    if (first !== undefined && refused.length === events.length)
      throw new Problem(
        STATUS[first.kind],
        `${events.length === 1 ? 'The event was' : 'All events were'} refused: ${first.reason}.`,
      );
    const reasons = refused.slice(0, REASONS_AT_MOST).map(({ index, reason }) => ({ index, reason }));
    const answer = { accepted: events.length - refused.length, refused: refused.length, reasons };
    return sendJson(reply, ingested, answer);
  });
}
