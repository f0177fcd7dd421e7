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

/** A site's own build of one script of `client/`. */
async function bundled(script: string): Promise<string> {
  const bundle = await build({
    entryPoints: [join(__dirname, 'client', `${script}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

export interface SiteOptions {
  /** Content-Security-Policy of the pages. */
  policy?: string;
  /** What stands in the body of the pages. */
  body?: string;
  /** A script of `client/` that is served as `/worker.js`. */
  worker?: string;
}

/** Serves pages that hold one script of `client/`, at whatever path. */
export async function serveSdkSite(
  script: string,
  { policy, body, worker }: SiteOptions = {},
): Promise<SdkSite> {
  const scripts = new Map([['/site.js', await bundled(script)]]);
  if (worker !== undefined) scripts.set('/worker.js', await bundled(worker));
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const code = scripts.get(path);
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    if (code !== undefined) response.setHeader('content-type', 'text/javascript').end(code);
    else if (path === '/favicon.ico') response.writeHead(204).end();
    else
      response
        .setHeader('content-type', 'text/html')
        .end(PAGE.replace('<h1>Trail Shop</h1>', `<h1>Trail Shop</h1>${body ?? ''}`));
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
