import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { API_TYPES, apiTypes } from './api-types.js';
import { CONNECTOR_PAGES, generatedFiles, withHandwritten } from './generated-files.js';

const root = resolve(__dirname, '../..');
const files = generatedFiles();

interface Document {
  paths: Record<string, Record<string, { security?: unknown[] }>>;
}

describe('generated files', () => {
  it.each([...files.keys()])('%s is what the code says', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
    const text = readFileSync(join(root, path), 'utf8');
    expect(text).toBe(withHandwritten(files.get(path) ?? '', text));
  });

  it('hold the types of the API for the faces', async () => {
    expect(readFileSync(join(root, API_TYPES), 'utf8')).toBe(await apiTypes());
  });

  it('keep what was written by hand below what is generated', () => {
    const page = files.get('docs/connectors/email-smtp.md') ?? '';
    const edited = `${page.replace('Settings', 'Settlings')}\nBy hand.\n`;
    expect(withHandwritten(page, edited)).toBe(`${page}\nBy hand.\n`);
    expect(withHandwritten(page, undefined)).toBe(page);
    expect(withHandwritten('{}\n', 'something old')).toBe('{}\n');
  });

  it('has no page of a connector that is gone', () => {
    const pages = readdirSync(join(root, CONNECTOR_PAGES)).map((name) => `${CONNECTOR_PAGES}/${name}`);
    expect(pages.filter((path) => !files.has(path))).toEqual([]);
  });

  it('knows the routes of every floor without starting any', () => {
    const { paths } = JSON.parse(files.get('docs/api/openapi.json') ?? '') as Document;
    for (const path of [
      '/v1/keys',
      '/v1/batch',
      '/v1/profiles/{reference}',
      '/v1/reactions',
      '/v1/decisions',
    ]) {
      expect(Object.keys(paths)).toContain(path);
    }
    for (const path of [
      '/v1/deliveries',
      '/v1/dialogues/{id}/turns',
      '/v1/apply',
      '/health/ready',
      '/metrics',
    ]) {
      expect(Object.keys(paths)).toContain(path);
    }
  });
});
