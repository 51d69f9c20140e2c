// The endpoints in, the OpenAPI document that describes them out. Made of the very schemas that check the answers.
import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { LIVE_EVENTS, NAMED } from './answers.ts';
import { metricIn } from './ingest.ts';
import { inputEvent } from '../../events.ts';
import { PROBLEM_TYPE } from './problem.ts';
import type { QuerySchema } from './query.ts';
import type { Route, Tag } from './routes.ts';

type Json = Readonly<Record<string, unknown>>;

const COMPONENTS = { ...NAMED, MetricIn: metricIn, InputEvent: inputEvent } as const;
const CONVERSION = {
  target: 'draft-2020-12',
  typeMode: 'input',
  errorMode: 'ignore',
  definitions: COMPONENTS,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
} as const satisfies ConversionConfig;

const JSON_TYPE = 'application/json';
/** What any request may be answered with. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'A parameter is wrong; `parameter` names it.',
  401: 'The token is missing or wrong.',
  403: 'The request comes from the page of another site.',
  405: 'The method is none of this endpoint; `Allow` names those that are.',
  421: 'The Host is none of this server.',
  429: 'Too many requests; `Retry-After` says for how many seconds to wait.',
  500: 'A mistake of SecLyzer; its dashboard says more.',
};
const OPEN: Json = { security: [] };

export function openApiDocument(routes: readonly Route[], version: string, url: string): Json {
  const paths = Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'SecLyzer',
      version,
      description:
        'What SecLyzer knows of this machine and of who sits at it. `seclyzer api token` prints the token; give it as `Authorization: Bearer`. Problems come as RFC 9457 has it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    security: [{ token: [] }],
    paths: { ...paths, ...others() },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: schemas(),
    },
  };
}

function schemas(): Json {
  const made = toJsonSchemaDefs(COMPONENTS, CONVERSION);
  return Object.fromEntries(Object.entries(made).map(([name, { $schema: _, ...schema }]) => [name, schema]));
}

function schemaOf(schema: v.GenericSchema): Json {
  const { $schema: _, $defs: __, ...rest } = toJsonSchema(schema, CONVERSION) as Json;
  return rest;
}

const operationOf = ({ path, summary, tag, query, answer, problems }: Route): Json => ({
  ...named(path, tag),
  summary,
  ...(Object.keys(query.entries).length === 0 ? {} : { parameters: parametersOf(query) }),
  responses: { 200: answered(JSON_TYPE, schemaOf(answer)), ...refusals(problems) },
});

/** `/metrics/history` is `metricsHistory` where a client is made of the document. */
const named = (path: string, tag: Tag): Json => ({
  operationId: path.slice(1).replaceAll(/[/.]([a-z])/g, (_, letter: string) => letter.toUpperCase()) || 'index',
  tags: [tag],
});

function parametersOf({ entries }: QuerySchema): readonly Json[] {
  return Object.entries(entries).map(([name, entry]) => ({
    ...{ name, in: 'query', required: entry.type !== 'optional' },
    schema: schemaOf(entry as v.GenericSchema),
  }));
}

const answered = (type: string, schema: Json, description = 'As asked for.'): Json => ({
  description,
  content: { [type]: { schema } },
});
const reference = (name: keyof typeof COMPONENTS): Json => ({ $ref: `#/components/schemas/${name}` });
const refusals = (more: Readonly<Record<number, string>> = {}): Json =>
  Object.fromEntries(
    Object.entries({ ...REFUSALS, ...more }).map(([status, description]) => [
      status,
      answered(PROBLEM_TYPE.split(';')[0] ?? '', reference('Problem'), description),
    ]),
  );

/** Those that have their own ways. */
function others(): Json {
  const text: Json = { type: 'string' };
  const event = schemaOf(v.picklist(LIVE_EVENTS));
  return {
    '/': {
      get: {
        ...named('/', 'Program'),
        summary: 'The endpoints. A browser is led to the documentation.',
        responses: { 200: answered(JSON_TYPE, reference('Index')), ...refusals() },
      },
    },
    '/healthz': {
      get: {
        ...named('/healthz', 'Program'),
        ...{ summary: 'Whether it runs; needs no token.', ...OPEN },
        responses: { 200: answered(JSON_TYPE, reference('Health')), ...refusals() },
      },
    },
    '/openapi.json': {
      get: {
        ...named('/openapi.json', 'Program'),
        ...{ summary: 'This document; needs no token.', ...OPEN },
        responses: { 200: answered(JSON_TYPE, { type: 'object' }), ...refusals() },
      },
    },
    '/metrics': {
      get: {
        ...named('/metrics', 'Program'),
        summary: 'Everything that is a number, for Prometheus, in its text format.',
        responses: { 200: answered('text/plain', text), ...refusals() },
      },
    },
    '/live': {
      get: {
        ...named('/live', 'Host'),
        summary:
          'Events as they come, as server-sent events. With `Last-Event-ID`, those since then first. A client that is too slow loses the oldest; `dropped` says how many.',
        parameters: [
          {
            ...{ name: 'event_type', in: 'query', required: false, style: 'form', explode: false },
            schema: { type: 'array', items: event, minItems: 1 },
          },
          { name: 'Last-Event-ID', in: 'header', required: false, schema: text },
        ],
        responses: {
          200: answered('text/event-stream', text),
          ...refusals({ 503: 'Too many clients listen; `Retry-After` says when to try again.' }),
        },
      },
    },
    '/ingest': { post: ingestOperation() },
  };
}

function ingestOperation(): Json {
  const one: Json = { anyOf: [reference('MetricIn'), reference('InputEvent')] };
  return {
    ...named('/ingest', 'Host'),
    summary:
      'Takes one event or up to 1,000. Metric events stand under `ingest:` and their source; input events are taken only by a run that watches no keyboard of its own.',
    requestBody: {
      required: true,
      content: { [JSON_TYPE]: { schema: { anyOf: [one, { type: 'array', items: one, maxItems: 1000 }] } } },
    },
    responses: {
      200: answered(JSON_TYPE, reference('Ingested'), 'At least one was taken, or none was sent.'),
      ...refusals({
        403: 'Only input events came, and this run does not take them; or the request comes from the page of another site.',
        413: 'The body is larger than 1 MiB, or holds more than 1,000 events.',
        415: 'The body is not JSON.',
        422: 'None was taken; `detail` says why.',
        503: 'The host monitor does not run.',
      }),
    },
  };
}
