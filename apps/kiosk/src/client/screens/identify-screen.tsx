import type { Begin, Kiosk, Visit } from '@repartee/kiosk-client';
import { Button, useLanguage } from '@repartee/ui';
import { ArrowLeft, Camera as CameraIcon, Eye, Hash, Smartphone } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useIdle } from '../parts/use-idle.js';
import { useText } from '../words/words.js';
import { beginWith } from './begin-with.js';
import { Camera, canScan } from './camera.js';
import { CodeForm } from './code-form.js';
import { troubleOf } from './identify-trouble.js';
import { PhoneForm } from './phone-form.js';
import { useCardReader } from './use-card-reader.js';

/** Milliseconds after which nobody is there who would choose. */
const NOBODY_MS = 60_000;

interface Props {
  kiosk: Kiosk;
  phoneCodes: boolean;
  onBegun(visit: Visit): void;
  onBack(): void;
}

/** Who is there? A card, a code, a phone number, or nobody we need to know. */
export function IdentifyScreen({ kiosk, phoneCodes, onBegun, onBack }: Props): ReactNode {
  const text = useText();
  const { locale } = useLanguage();
  const [way, setWay] = useState<'choose' | 'scan' | 'code' | 'phone'>('choose');
  const { begin, busy, trouble, setTrouble } = useBegin(kiosk, onBegun);
  useIdle(NOBODY_MS, onBack);
  const onRead = useCallback(
    (value: string) => {
      const how = beginWith(value);
      setWay('choose');
      if (how) void begin(how);
    },
    [begin],
  );
  useCardReader(onRead);

  return (
    <main className="screen identify">
      <header>
        <Button
          look="quiet"
          size="large"
          icon={<ArrowLeft aria-hidden />}
          onClick={() => (way === 'choose' ? onBack() : setWay('choose'))}
        >
          {text('back')}
        </Button>
        <h1>{text('identifyTitle')}</h1>
      </header>
      <p role="alert" className="mistake">
        {trouble}
      </p>
      {way === 'choose' && (
        <Choices
          {...{ phoneCodes, busy }}
          onPick={setWay}
          onLookAround={() => void begin({ by: 'anonymous' })}
        />
      )}
      {way === 'scan' && <Camera onRead={onRead} />}
      {way === 'code' && <CodeForm busy={busy} onCode={(userId) => void begin({ by: 'code', userId })} />}
      {way === 'phone' && (
        <PhoneForm
          busy={busy}
          onPhone={(phone, onOpen) => void begin({ by: 'phone', phone, language: locale }, onOpen)}
          onProved={onBegun}
          onTrouble={setTrouble}
        />
      )}
    </main>
  );
}

/** Begins a visit, and says in words why it did not. */
function useBegin(kiosk: Kiosk, onBegun: (visit: Visit) => void) {
  const text = useText();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const begin = useCallback(
    async (how: Begin, onOpen: (visit: Visit) => void = onBegun) => {
      setBusy(true);
      setTrouble('');
      try {
        onOpen(await kiosk.begin(how));
      } catch (error) {
        setTrouble(text(troubleOf(error)));
      } finally {
        setBusy(false);
      }
    },
    [kiosk, onBegun, text],
  );
  return { begin, busy, trouble, setTrouble };
}

function Choices({
  phoneCodes,
  busy,
  onPick,
  onLookAround,
}: {
  phoneCodes: boolean;
  busy: boolean;
  onPick(way: 'scan' | 'code' | 'phone'): void;
  onLookAround(): void;
}): ReactNode {
  const text = useText();
  return (
    <>
      <div className="ways">
        {canScan() && <Way icon={<CameraIcon aria-hidden />} name="scan" onPick={() => onPick('scan')} />}
        <Way icon={<Hash aria-hidden />} name="typeCode" onPick={() => onPick('code')} />
        {phoneCodes && <Way icon={<Smartphone aria-hidden />} name="phone" onPick={() => onPick('phone')} />}
        <Way icon={<Eye aria-hidden />} name="anonymous" busy={busy} onPick={onLookAround} />
      </div>
      <p className="lead">{text('identifyNote')}</p>
    </>
  );
}

function Way({
  icon,
  name,
  busy = false,
  onPick,
}: {
  icon: ReactNode;
  name: 'scan' | 'typeCode' | 'phone' | 'anonymous';
  busy?: boolean;
  onPick(): void;
}): ReactNode {
  const text = useText();
  return (
    <Button size="large" className="way" icon={icon} busy={busy} onClick={onPick}>
      {text(name)}
    </Button>
  );
}
