import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiDoc, Open } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { errorsPage } from './errors-page.js';
import { ApiDocument } from './openapi.js';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Repartee API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`;
const SCRIPT = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, tagsSorter: 'alpha' });`;

/** The API's document, a page that renders it, and what the error codes mean. */
@Controller()
export class DocsController {
  private readonly errorsPage = errorsPage();

  constructor(@Inject(ApiDocument) private readonly api: ApiDocument) {}

  @Get('openapi.json')
  @Open('the contract is public')
  @ApiDoc({ summary: 'The OpenAPI document', tags: ['Docs'] })
  document() {
    return this.api.content;
  }

  @Get('docs')
  @Open('the contract is public')
  @ApiDoc({ summary: 'The API, rendered', hidden: true })
  page(@Res() reply: FastifyReply) {
    return reply.header('content-type', 'text/html; charset=utf-8').send(PAGE);
  }

  @Get('docs/start.js')
  @Open('the contract is public')
  @ApiDoc({ summary: 'Starts the page', hidden: true })
  script(@Res() reply: FastifyReply) {
    return reply.header('content-type', 'text/javascript; charset=utf-8').send(SCRIPT);
  }

  @Get('docs/errors')
  @Open('the `type` of every problem document leads here')
  @ApiDoc({ summary: 'What the error codes mean', hidden: true })
  errors(@Res() reply: FastifyReply) {
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      })
      .send(this.errorsPage);
  }
}
