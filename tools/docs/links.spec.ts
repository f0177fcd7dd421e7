import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].sort();

const LINK = /\]\(([^)\s]+)\)/g;
const QUOTED = /`([^`\n]+)`/g;
/** What a page names as a file or folder of the repository; names with a placeholder are none. */
const PATH = /^(?:\.ci|apps|libs|tools|docs|docker)(?:\/[\w.@-]+)+\/?$/;
const ROOT_FILE = /^(?:(?:package|nx|tsconfig[\w.]*)\.json|(?:eslint|jest)\.\w+\.[mc]js|[A-Z]+\.md|LICENSE)$/;

/** A page without its blocks of code: what stands there is an example. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), 'utf8').replace(/^ *```[^]*?^ *```$/gm, '');
}

/** The anchors that headings get where the page is rendered. */
function anchorsOf(page: string): Set<string> {
  const headings = [...proseOf(page).matchAll(/^#+ +(.+)$/gm)].map(([, text = '']) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}

function brokenLinks(page: string): string[] {
  const links = [...proseOf(page).matchAll(LINK)].map(([, target = '']) => target);
  return links
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(file).has(anchor);
    });
}

function missingPaths(page: string): string[] {
  const quoted = [...proseOf(page).matchAll(QUOTED)].map(([, text = '']) => text);
  return quoted
    .filter((text) => PATH.test(text) || ROOT_FILE.test(text))
    .filter((path) => !existsSync(join(root, path)));
}

/** Rows that stand more than once in one table. */
function rowsTwice(page: string): string[] {
  const tables = proseOf(page).match(/(?:^\|.*\n)+/gm) ?? [];
  return tables.flatMap((table) => {
    const rows = table.split('\n').filter((row) => /[^|\s:-]/.test(row));
    return rows.filter((row, at) => rows.indexOf(row) < at);
  });
}

describe.each(pages)('%s', (page) => {
  it('says nothing twice in a table', () => {
    expect(rowsTwice(page)).toEqual([]);
  });

  it('links only to what is there', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('names only paths that exist', () => {
    expect(missingPaths(page)).toEqual([]);
  });
});

it('code names only pages that are there', () => {
  const sources = ['apps', 'libs', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|tsx|mjs)$/.test(name) && !/(?:^|\/)(?:node_modules|dist)\//.test(name))
      .map((name) => join(folder, name)),
  );
  const named = sources.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/docs\/(?:adr|guides)\/[\w-]+\.md/g)].map(
      ([page]) => page,
    ),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((page) => !existsSync(join(root, page)))).toEqual([]);
});

it('the architecture says where at least thirty things live', () => {
  const table = proseOf('docs/architecture.md').split('## Where does X live')[1]?.split('\n## ')[0] ?? '';
  const rows = table.split('\n').filter((line) => /^\|.*`[^`]+\/[^`]*`/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(30);
});
