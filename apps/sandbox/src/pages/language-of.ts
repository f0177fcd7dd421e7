import type { FastifyRequest } from 'fastify';
import { isLanguage, type Language } from '../client/languages.js';

/** The language that was chosen, else the first of the browser's that we speak, else English. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const chosen = /(?:^|;\s*)repartee_lang=([a-z]{2})/.exec(headers.cookie ?? '')?.[1] ?? '';
  const wished = (headers['accept-language'] ?? '')
    .split(',')
    .map((one) => one.trim().slice(0, 2).toLowerCase());
  return [chosen, ...wished].find(isLanguage) ?? 'en';
}
