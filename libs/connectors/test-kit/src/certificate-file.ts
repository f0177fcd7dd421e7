import type { Certificate } from '@repartee/connector-sdk';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** `npm run certify` sets it: certificates are written instead of compared. */
const WRITE = 'REPARTEE_CERTIFY';

/** Whether this run writes certificates. */
export function writesCertificates(): boolean {
  return process.env[WRITE] === '1';
}

export function readCertificateFile(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Plain JSON that says the same on every machine and every day. */
export function writeCertificateFile(path: string, certificate: Certificate): void {
  writeFileSync(path, `${JSON.stringify(certificate, undefined, 2)}\n`);
}
