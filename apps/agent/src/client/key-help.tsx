import { Button, Checkbox, Dialog, Kbd } from '@repartee/ui';
import { Keyboard } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { keysAreOn, setKeysOn, useKeys } from './keys.js';
import type { Word } from './words/en.js';
import { useText } from './words/words.js';

const KEYS: readonly (readonly [readonly string[], Word])[] = [
  [['j', 'k'], 'keyHelpNext'],
  [['1', '2', '3'], 'keyHelpOffers'],
  [['a', 'r', 'l'], 'keyHelpAnswer'],
  [['p', 'h'], 'keyHelpNotHeard'],
  [['g'], 'negotiate'],
  [['v'], 'keyHelpVerify'],
  [['n'], 'keyHelpNote'],
  [['o'], 'keyHelpOutcome'],
  [['?'], 'keyHelpHelp'],
];

/** Which keys do what, and the switch that turns them off (WCAG 2.1.4). */
export function KeyHelp(): ReactNode {
  const text = useText();
  const [open, show] = useState(false);
  const [on, turn] = useState(keysAreOn);
  useKeys({ '?': () => show(true) });
  return (
    <>
      <Button
        look="quiet"
        size="small"
        icon={<Keyboard size={18} aria-hidden />}
        aria-label={text('shortcuts')}
        onClick={() => show(true)}
      />
      <Dialog open={open} onClose={() => show(false)} title={text('shortcuts')}>
        <p className="ui-soft">{text('shortcutsLead')}</p>
        <dl className="facts keys">
          {KEYS.map(([keys, word]) => (
            <div key={word}>
              <dt>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{text(word)}</dd>
            </div>
          ))}
        </dl>
        <Checkbox
          label={text('shortcutsOn')}
          checked={on}
          onChange={({ target }) => {
            setKeysOn(target.checked);
            turn(target.checked);
          }}
        />
      </Dialog>
    </>
  );
}
