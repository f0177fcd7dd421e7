import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ApiDoc, Open } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { openApiOf } from './openapi.js';

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

/** The API's document, and a page that renders it. */
@Controller()
export class DocsController {
  private built?: object;

  constructor(@Inject(ModulesContainer) private readonly modules: ModulesContainer) {}

  @Get('openapi.json')
  @Open('the contract is public')
  @ApiDoc({ summary: 'The OpenAPI document', tags: ['Docs'] })
  document() {
    return (this.built ??= openApiOf(this.modules));
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
}
