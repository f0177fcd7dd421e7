import { build } from 'esbuild';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

async function bundle(entry: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}

describe('what a page loads', () => {
  it('is at most 8 KB compressed, all of it', async () => {
    const script = await bundle('index.ts');
    expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(8_000);
    // Nothing that a strict Content-Security-Policy refuses.
    expect(script.toString()).not.toMatch(/\beval\(|new Function|innerHTML|insertAdjacent|<script|<style/);
  });

  it('needs no more than 1 KB for the shared worker', async () => {
    expect(gzipSync(await bundle('stream-worker.ts'), { level: 9 }).length).toBeLessThanOrEqual(1_024);
  });
});
