import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { KEY_BYTES, masterKey, type MasterKey } from './envelope.js';

const fileSchema = z.object({ keys: z.array(z.object({ key: z.base64() })) });

/** The master keys of this process: those of the environment, and those kept in a file. */
export class KeyRing {
  private kept: readonly MasterKey[] = [];
  private readonly given: readonly MasterKey[];

  /**
   * @param given keys of the environment, the one to seal with first
   * @param file where keys are kept that were made here; it is made when the first is
   */
  constructor(
    given: readonly Buffer[],
    private readonly file: string,
  ) {
    this.given = given.map(masterKey);
  }

  /** Where the keys to seal with come from. */
  get source(): 'environment' | 'file' {
    return this.given.length > 0 ? 'environment' : 'file';
  }

  /** Looks into the file again for a key that is not known yet: another process may have made it. */
  async find(id: string): Promise<MasterKey | undefined> {
    const known = this.known(id);
    if (known) return known;
    this.kept = await this.read();
    return this.known(id);
  }

  /** The key to seal with in a new installation. */
  async first(): Promise<MasterKey> {
    const [first] = this.given.length > 0 ? this.given : (this.kept = await this.read());
    return first ?? this.next();
  }

  /** The key to rotate to: the first of the environment, else a new one, which is on the disk when this resolves. */
  async next(): Promise<MasterKey> {
    const [given] = this.given;
    if (given) return given;
    const made = masterKey(randomBytes(KEY_BYTES));
    await this.write([made, ...(await this.read())]);
    return made;
  }

  /** Removes all keys from the file but one. */
  async keepOnly(id: string): Promise<void> {
    const kept = await this.read();
    if (kept.some((key) => key.id !== id)) await this.write(kept.filter((key) => key.id === id));
  }

  private known(id: string): MasterKey | undefined {
    return [...this.given, ...this.kept].find((key) => key.id === id);
  }

  private async read(): Promise<MasterKey[]> {
    let text: string;
    try {
      text = await readFile(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    try {
      return fileSchema.parse(JSON.parse(text)).keys.map(({ key }) => masterKey(Buffer.from(key, 'base64')));
    } catch {
      // A parse error may quote what it read.
      throw new Error(`${this.file} is not a file of keys`);
    }
  }

  /** In one step; only its owner may read it. */
  private async write(keys: readonly MasterKey[]): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${randomBytes(4).toString('hex')}.new`;
    const file = await open(draft, 'wx', 0o600);
    try {
      const content = { keys: keys.map(({ key }) => ({ key: key.toString('base64') })) };
      await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.file);
    this.kept = keys;
  }
}
