import type { Mail, MailPage } from '../mailbox/mail.js';

const root = '/sandbox/api/messages';

export async function fetchPage(query: { q: string; cursor?: string | null }): Promise<MailPage> {
  const parameters = new URLSearchParams({ limit: '50' });
  if (query.q) parameters.set('q', query.q);
  if (query.cursor) parameters.set('cursor', query.cursor);
  return (await call(`${root}?${parameters}`)).json() as Promise<MailPage>;
}

export async function fetchMail(id: string): Promise<Mail> {
  return (await call(`${root}/${encodeURIComponent(id)}`)).json() as Promise<Mail>;
}

export async function fetchSource(id: string): Promise<string> {
  return (await call(`${root}/${encodeURIComponent(id)}/source`)).text();
}

export async function markSeen(id: string): Promise<void> {
  await call(`${root}/${encodeURIComponent(id)}/seen`, 'PUT');
}

export async function deleteAll(): Promise<void> {
  await call(root, 'DELETE');
}

/** The page inside the HTML tab. */
export function htmlAddress(id: string): string {
  return `/sandbox/messages/${encodeURIComponent(id)}/html`;
}

async function call(address: string, method = 'GET'): Promise<Response> {
  const response = await fetch(address, { method });
  if (response.ok) return response;
  const problem: { detail?: string } = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? `The sandbox answered ${response.status}.`);
}
