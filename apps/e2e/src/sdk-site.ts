import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Somebody else's site, with an origin of its own. */
export interface SdkSite {
  origin: string;
  close(): Promise<void>;
}

/** Serves a page that holds one script of `client/`, bundled as the site's own build would. */
export async function serveSdkSite(script: string): Promise<SdkSite> {
  const bundle = await build({
    entryPoints: [join(__dirname, 'client', `${script}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  const code = bundle.outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/site.js') response.setHeader('content-type', 'text/javascript').end(code);
    else if (path === '/favicon.ico') response.writeHead(204).end();
    else response.setHeader('content-type', 'text/html').end(PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Trail Shop</title><script type="module" src="/site.js"></script></head>
<body><h1>Trail Shop</h1></body>
</html>`;
