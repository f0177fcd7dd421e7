import type { Conversation, PhoneSummary } from '../phone/phone.js';
import type { Faults } from '../twilio/faults.js';

const root = '/sandbox/api/phones';

export interface PhonePage {
  items: PhoneSummary[];
  phones: number;
  unread: number;
}

export async function fetchPhones(): Promise<PhonePage> {
  return (await call(root)).json() as Promise<PhonePage>;
}

export async function fetchConversation(number: string): Promise<Conversation> {
  return (await call(`${root}/${encodeURIComponent(number)}`)).json() as Promise<Conversation>;
}

export async function sendAnswer(number: string, text: string): Promise<void> {
  await call(`${root}/${encodeURIComponent(number)}/messages`, 'POST', { text });
}

export async function markSeen(number: string): Promise<void> {
  await call(`${root}/${encodeURIComponent(number)}/seen`, 'PUT');
}

export async function deleteAll(): Promise<void> {
  await call(root, 'DELETE');
}

export async function fetchFaults(): Promise<Faults> {
  return (await call('/sandbox/api/twilio/faults')).json() as Promise<Faults>;
}

export async function setFaults(faults: Faults): Promise<Faults> {
  return (await call('/sandbox/api/twilio/faults', 'PUT', faults)).json() as Promise<Faults>;
}

async function call(address: string, method = 'GET', body?: unknown): Promise<Response> {
  const response = await fetch(address, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  if (response.ok) return response;
  const problem: { detail?: string } = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? `The sandbox answered ${response.status}.`);
}
