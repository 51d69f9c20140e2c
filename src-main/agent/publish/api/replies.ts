// A value or a problem in, the answer that carries it out.
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { PROBLEM_TYPE, type Problem } from './problem.ts';

/** @throws ValiError when an answer is not as the document says, which is our mistake. */
export function sendJson(reply: FastifyReply, schema: v.GenericSchema, value: unknown): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(v.parse(schema, value)));
}

export function sendProblem(reply: FastifyReply, { details, headers }: Problem): FastifyReply {
  return reply.code(details.status).headers(headers).type(PROBLEM_TYPE).send(JSON.stringify(details));
}
