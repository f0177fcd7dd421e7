import { certificateSchema, type Certificate } from '@repartee/connector-sdk';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const NAME = 'certificate.json';

/** The certificate in a package's folder, if there is one that can be read. */
export function readCertificateAt(folder: string): Certificate | undefined {
  const path = join(folder, NAME);
  return existsSync(path) ? certificateIn(path) : undefined;
}

/** The certificate of an installed package. */
export function readCertificateOf(packageName: string): Certificate | undefined {
  try {
    return certificateIn(createRequire(import.meta.url).resolve(`${packageName}/${NAME}`));
  } catch {
    return undefined;
  }
}

function certificateIn(path: string): Certificate | undefined {
  const read = certificateSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return read.success ? read.data : undefined;
}
