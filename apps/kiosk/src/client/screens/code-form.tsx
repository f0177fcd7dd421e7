import { Button, TextField } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { Keypad } from '../parts/keypad.js';
import { useText } from '../words/words.js';

/** A code or card number, typed. */
export function CodeForm({ busy, onCode }: { busy: boolean; onCode(code: string): void }): ReactNode {
  const text = useText();
  const [code, setCode] = useState('');
  return (
    <form
      className="form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') onCode(code.trim());
      }}
    >
      <TextField
        label={text('codeLabel')}
        value={code}
        maxLength={200}
        autoComplete="off"
        autoFocus
        onChange={(event) => setCode(event.target.value)}
      />
      <Keypad value={code} onChange={setCode} />
      <Button type="submit" look="primary" size="large" busy={busy} disabled={code.trim() === ''}>
        {text('goOn')}
      </Button>
    </form>
  );
}
