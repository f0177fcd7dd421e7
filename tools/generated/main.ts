import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { API_TYPES, apiTypes } from './api-types.js';
import { CONNECTOR_PAGES, generatedFiles, withHandwritten } from './generated-files.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const say = (line: string) => void process.stdout.write(`${line}\n`);

const files = generatedFiles().set(API_TYPES, await apiTypes());
for (const [path, generated] of files) {
  const file = join(root, path);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  const text = withHandwritten(generated, before);
  await mkdir(dirname(file), { recursive: true });
  if (before !== text) await writeFile(file, text);
  say(`${before === text ? 'unchanged' : before === undefined ? 'new      ' : 'changed  '}  ${path}`);
}
for (const name of await readdir(join(root, CONNECTOR_PAGES))) {
  const path = `${CONNECTOR_PAGES}/${name}`;
  if (files.has(path)) continue;
  await rm(join(root, path));
  say(`removed    ${path}`);
}
