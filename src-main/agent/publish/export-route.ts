// `GET /export` of the browser host: everything that is kept, as a file that the browser downloads. In: the agent's pieces. Out: the same,
// compressed, each made when the browser has taken those before it.
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { DataPeriod } from '../../../src-preload/contract.ts';
import { exportName } from '../privacy/export-desk.ts';
import { messageOf } from '../thrown.ts';

export function addExport(app: FastifyInstance, exported: (period: DataPeriod) => AsyncGenerator<string>): void {
  app.get('/export', { exposeHeadRoute: false }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const pieces = exported({ fromMs: null, toMs: null });
    let first: IteratorResult<string>;
    try {
      // Whether it is allowed at all is said before anything is sent.
      first = await pieces.next();
    } catch (error) {
      return reply.code(403).send({ error: messageOf(error) });
    }
    reply.type('application/gzip').header('content-disposition', `attachment; filename="${exportName(Date.now())}"`);
    const packed = createGzip();
    // What fails on the way destroys it, and the browser sees a download that was cut off.
    pipeline(Readable.from(withFirst(first, pieces)), packed, () => undefined);
    return reply.send(packed);
  });
}

async function* withFirst(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
