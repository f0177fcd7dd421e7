import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../../../..');

/** A folder outside of the workspace in which packages are installed from what `npm pack` makes. */
export class Outside {
  readonly folder = mkdtempSync(join(tmpdir(), 'outside-'));

  /** Packs a folder and unpacks it where an install would put it. */
  install(name: string, from: string): void {
    const [packed] = JSON.parse(
      this.run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', this.folder], from),
    ) as { filename: string }[];
    const target = join(this.folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    this.run('tar', [
      '-xzf',
      join(this.folder, packed?.filename ?? ''),
      '-C',
      target,
      '--strip-components=1',
    ]);
  }

  /** The SDK as it would be published, with what it depends on. */
  installSdk(): void {
    const sdk = join(root, 'libs/connectors/sdk');
    this.run(process.execPath, [join(root, 'tools/build/declare-package.mjs'), '../../contracts', '.'], sdk);
    this.install('@repartee/contracts', join(root, 'libs/contracts'));
    this.install('@repartee/connector-sdk', sdk);
    for (const name of ['zod', 'liquidjs', '@types/node', 'undici-types'])
      this.link(name, join(root, 'node_modules', name));
  }

  link(name: string, target: string): void {
    const path = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  write(path: string, text: string | object): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
    return file;
  }

  /** Runs the type-checker over files here. @returns what it said */
  check(...files: string[]): string {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const options = '--ignoreConfig --noEmit --strict --target ES2023 --module NodeNext --types node'.split(
      ' ',
    );
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...files], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    return stdout;
  }

  /** Loads connectors by name in a process of its own, by the built host. @returns what it found, or its one line */
  load(...names: string[]): unknown {
    const host = join(root, 'libs/connectors/host/dist/index.js');
    const script = this.write(
      'load.mjs',
      `import { loadConnectors } from ${JSON.stringify(host)};
       try {
         const found = await loadConnectors(${JSON.stringify(names)}, ${JSON.stringify(this.folder)});
         console.log(JSON.stringify(found.map(({ definition, certificate }) =>
           ({ name: definition.name, certified: certificate !== undefined }))));
       } catch (error) { console.log(JSON.stringify({ [error.name]: error.message })); }`,
    );
    return JSON.parse(this.run(process.execPath, [script]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(program: string, args: string[], cwd = this.folder): string {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }
}
