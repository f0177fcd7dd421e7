import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import { Notice } from './notice.js';

/** What shows when the shop's server does not answer. */
export function Closed({ again }: { again: () => void }): ReactNode {
  const text = useText();
  return (
    <Notice
      title={text('closedTitle')}
      detail={text('closed')}
      action={{ label: text('tryAgain'), run: again }}
    />
  );
}
