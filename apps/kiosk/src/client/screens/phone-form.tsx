import { KioskError, type Visit } from '@repartee/kiosk-client';
import { Button, TextField } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { Keypad } from '../parts/keypad.js';
import { useText } from '../words/words.js';
import { troubleOf } from './identify-trouble.js';

interface Props {
  busy: boolean;
  onPhone(phone: string, onOpen: (visit: Visit) => void): void;
  onProved(visit: Visit): void;
  onTrouble(trouble: string): void;
}

/** A number, and then the code that was sent there. */
export function PhoneForm({ busy, onPhone, onProved, onTrouble }: Props): ReactNode {
  const text = useText();
  const [phone, setPhone] = useState('+');
  const [visit, setVisit] = useState<Visit>();
  if (visit)
    return (
      <ProofForm
        visit={visit}
        onProved={onProved}
        onOver={() => {
          setVisit(undefined);
          onTrouble(text('proofOver'));
        }}
      />
    );
  return (
    <form
      className="form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onPhone(phone, setVisit);
      }}
    >
      <TextField
        label={text('phoneLabel')}
        hint={text('phoneHint')}
        value={phone}
        inputMode="tel"
        autoComplete="off"
        maxLength={30}
        autoFocus
        onChange={(event) => setPhone(event.target.value)}
      />
      <Keypad value={phone} onChange={setPhone} />
      <Button type="submit" look="primary" size="large" busy={busy} disabled={phone.length < 6}>
        {text('sendCode')}
      </Button>
    </form>
  );
}

function ProofForm({
  visit,
  onProved,
  onOver,
}: {
  visit: Visit;
  onProved(visit: Visit): void;
  onOver(): void;
}): ReactNode {
  const text = useText();
  const [code, setCode] = useState('');
  const [mistake, setMistake] = useState('');
  const [busy, setBusy] = useState(false);
  const prove = async (): Promise<void> => {
    setBusy(true);
    try {
      await visit.prove(code);
      onProved(visit);
    } catch (error) {
      const left = error instanceof KioskError ? Number(error.details['triesLeft'] ?? 0) : 0;
      setCode('');
      if (left > 0) setMistake(text('proofWrong', { count: left }));
      else if (error instanceof KioskError && !error.passing) onOver();
      else setMistake(text(troubleOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const change = (value: string): void => setCode(value.replace(/\D/g, '').slice(0, 6));
  return (
    <form
      className="form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void prove();
      }}
    >
      <TextField
        label={text('proofLabel', { phone: visit.phone ?? '' })}
        mistake={mistake === '' ? undefined : <span role="alert">{mistake}</span>}
        value={code}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        onChange={(event) => change(event.target.value)}
      />
      <Keypad value={code} onChange={change} />
      <Button type="submit" look="primary" size="large" busy={busy} disabled={code.length < 6}>
        {text('goOn')}
      </Button>
    </form>
  );
}
