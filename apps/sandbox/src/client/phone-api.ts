import type { Conversation, PhoneSummary } from '../phone/phone.js';
import { callApi } from './api.js';

export interface PhonePage {
  items: PhoneSummary[];
  phones: number;
  unread: number;
}

export async function fetchPhones(): Promise<PhonePage> {
  return callApi('phones');
}

export async function fetchConversation(number: string): Promise<Conversation> {
  return callApi(`phones/${encodeURIComponent(number)}`);
}

export async function sendAnswer(number: string, text: string): Promise<void> {
  await callApi(`phones/${encodeURIComponent(number)}/messages`, 'POST', { text });
}

export async function markSeen(number: string): Promise<void> {
  await callApi(`phones/${encodeURIComponent(number)}/seen`, 'PUT');
}

export async function deleteAll(): Promise<void> {
  await callApi('phones', 'DELETE');
}
