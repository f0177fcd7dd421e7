import type { Phrase } from './locale.js';

/** The words of the components themselves. */
export const en = {
  close: 'Close',
  messages: 'Messages',
  failed: 'That did not work',
  unreachable: 'The hub cannot be reached.',
  retry: 'Try again',
  loading: 'Loading',
  over: 'over',
  language: 'Language',
  theme: 'Appearance',
  themeSystem: 'As the system',
  themeLight: 'Light',
  themeDark: 'Dark',
  choose: 'Choose…',
  add: 'Add',
  remove: 'Remove',
} satisfies Record<string, Phrase>;

export type UiWord = keyof typeof en;
