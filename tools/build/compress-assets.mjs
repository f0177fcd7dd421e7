// Lays a compressed copy beside each script and style of a built page, once, so that nobody compresses them per request.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const WAYS = [
  ['.gz', promisify(gzip)],
  ['.br', promisify(brotliCompress)],
];

const folder = join(process.cwd(), process.argv[2] ?? 'dist/client/assets');
for (const name of await readdir(folder)) {
  if (!/\.(js|css)$/.test(name)) continue;
  const content = await readFile(join(folder, name));
  for (const [ending, compress] of WAYS)
    await writeFile(join(folder, `${name}${ending}`), await compress(content));
}
