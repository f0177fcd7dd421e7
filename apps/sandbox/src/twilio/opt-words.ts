/** Twilio's default words. The whole message must be the word; its case does not matter. */
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START = new Set(['START', 'YES', 'UNSTOP']);
const HELP = new Set(['HELP', 'INFO']);

export type OptWord = 'STOP' | 'START' | 'HELP';

export function optWordOf(text: string): OptWord | undefined {
  const word = text.trim().toUpperCase();
  if (STOP.has(word)) return 'STOP';
  if (START.has(word)) return 'START';
  return HELP.has(word) ? 'HELP' : undefined;
}

/** What Twilio itself answers. */
export const REPLIES: Readonly<Record<OptWord, string>> = {
  STOP: 'You have unsubscribed and will get no more messages from this number. Reply START to resubscribe.',
  START: 'You have resubscribed and will get messages from this number again. Reply STOP to unsubscribe.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};
