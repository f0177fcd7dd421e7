import { answerOf } from '@repartee/ui';
import { hub } from './hub.js';

const PAGE = 200;

/** The people who may sign in. */
export function readAccounts() {
  return answerOf(hub.GET('/v1/accounts', { params: { query: { limit: PAGE } } }));
}

export type Account = Awaited<ReturnType<typeof readAccounts>>['items'][number];

/** With which somebody sets a password, once. */
export interface PasswordLink {
  url: string;
  expiresAt: string;
}
