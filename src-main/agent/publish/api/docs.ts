// The page for browsers: Swagger UI, which its package brings ready made, with a start page of our own, for ours may run no script but
// files. In: the folder of those files. Out: what is served under /docs.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

/** The files of Swagger UI that a browser asks for; build.mjs copies them. */
const FILES = [
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
] as const;
const UNDER = '/docs/';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>SecLyzer API</title>
    <link rel="stylesheet" href="swagger-ui.css">
    <link rel="icon" type="image/png" href="favicon-32x32.png">
  </head>
  <body>
    <div id="page"></div>
    <script src="swagger-ui-bundle.js"></script>
    <script src="start.js"></script>
  </body>
</html>
`;

const SCRIPT = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null });
`;

/** In the built program beside it, where build.mjs has put them; in a checkout in their package. @throws Error where they are missing. */
function swaggerFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const built of [join(here, 'swagger-ui'), join(here, '..', 'swagger-ui')]) if (existsSync(built)) return built;
  return join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json')), 'static');
}

export const isDocs = (path: string | undefined): boolean => path?.startsWith(UNDER) === true;

export function addDocs(app: FastifyInstance): void {
  app.get(UNDER, async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  app.get(`${UNDER}start.js`, async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(SCRIPT));
  for (const [file, type] of FILES)
    app.get(`${UNDER}${file}`, async (_request, reply) =>
      reply
        .header('cache-control', 'max-age=3600')
        .type(type)
        .send(await readFile(join(swaggerFolder(), file))),
    );
}
