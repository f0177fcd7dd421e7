import { EmptyState, Kbd } from '@repartee/ui';
import { Headset } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../words/words.js';

export function Welcome(): ReactNode {
  const text = useText();
  return (
    <div className="welcome">
      <EmptyState icon={<Headset size={34} aria-hidden />} title={<h1>{text('welcome')}</h1>}>
        <p>{text('welcomeLead')}</p>
        <p className="cluster">
          <Kbd>j</Kbd>
          <Kbd>k</Kbd>
          {text('keyHelpNext')}
        </p>
      </EmptyState>
    </div>
  );
}
