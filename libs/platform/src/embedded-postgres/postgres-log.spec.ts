import { appendFileSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepLogSmall } from './postgres-log.js';

describe('the log of the embedded PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-log-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is emptied under the server that appends to it, and keeps the last part beside it', () => {
    const path = join(folder, 'postgres.log');
    const server = openSync(path, 'a');
    writeSync(server, 'old\n');
    keepLogSmall(path, 1000);
    expect(readFileSync(path, 'utf8')).toBe('old\n');
    appendFileSync(path, 'x'.repeat(1000));
    keepLogSmall(path, 1000);
    writeSync(server, 'new\n');
    expect(readFileSync(path, 'utf8')).toBe('new\n');
    expect(statSync(`${path}.1`).size).toBe(1004);
  });
});
