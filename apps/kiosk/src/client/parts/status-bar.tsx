import type { KioskState } from '@repartee/kiosk-client';
import { LanguageSwitch, ThemeSwitch } from '@repartee/ui';
import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../words/words.js';

/** Language and appearance for this visitor, and whether there is a network. */
export function StatusBar({ state }: { state: KioskState }): ReactNode {
  const text = useText();
  return (
    <footer className="bar">
      <span className="bar-place">{state.device?.place}</span>
      <span role="status" data-testid="network" data-online={state.online} data-waiting={state.waiting}>
        {!state.online && (
          <>
            <CloudOff size={20} aria-hidden /> {text('offline')}
          </>
        )}
      </span>
      <span className="bar-switches">
        <LanguageSwitch />
        <ThemeSwitch />
      </span>
    </footer>
  );
}
