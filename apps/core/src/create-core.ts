import fastifyHttpProxy from '@fastify/http-proxy';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { registerCors, registerPeople } from '@repartee/access';
import { connectBus, createHttpApplication } from '@repartee/platform';
import type { FastifyInstance } from 'fastify';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { CoreModule, type CoreOptions } from './core.module.js';
import { serveFaces } from './faces.js';

const require = createRequire(import.meta.url);

/** The core as an application: not listening yet, its handlers not running yet. */
export async function createCore(options: CoreOptions): Promise<NestFastifyApplication> {
  const { trustedProxies } = options.config;
  const app = await createHttpApplication(CoreModule.forRoot(options), {
    logger: options.logger,
    ...(trustedProxies.length > 0 && { trustProxy: [...trustedProxies] }),
  });
  registerCors(app);
  registerPeople(app);
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await server.register(fastifyStatic, {
    root: dirname(require.resolve('swagger-ui-dist/package.json')),
    prefix: '/docs/assets/',
    index: false,
    decorateReply: false,
  });
  await serveFaces(server, options.config.frameAncestors);
  await proxyPages(server, options.config.pages);
  connectBus(app);
  return app;
}

/** Pages that other processes serve, under our one origin. */
async function proxyPages(server: FastifyInstance, pages: CoreOptions['config']['pages']): Promise<void> {
  for (const [prefix, upstream] of [
    ['/sandbox', pages.sandbox],
    ['/shop', pages.shop],
  ] as const) {
    if (upstream === undefined) continue;
    await server.register(async (scope) => {
      // What is passed on is not ours to read.
      scope.removeAllContentTypeParsers();
      await scope.register(fastifyHttpProxy, { upstream, prefix, rewritePrefix: prefix, http2: false });
    });
  }
}
