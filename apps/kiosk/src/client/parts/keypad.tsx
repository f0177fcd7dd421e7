import { Button } from '@repartee/ui';
import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../words/words.js';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'];

/** Digits to touch: a kiosk has no keyboard. */
export function Keypad({ value, onChange }: { value: string; onChange(value: string): void }): ReactNode {
  const text = useText();
  return (
    <div className="keypad">
      {DIGITS.map((digit) => (
        <Button key={digit} size="large" onClick={() => onChange(value + digit)}>
          {digit}
        </Button>
      ))}
      <Button size="large" aria-label={text('erase')} onClick={() => onChange(value.slice(0, -1))}>
        <Delete aria-hidden />
      </Button>
    </div>
  );
}
