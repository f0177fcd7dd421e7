import type { Kiosk, Visit } from '@repartee/kiosk-client';
import { Button, Dialog } from '@repartee/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../words/words.js';

/** Seconds in which one tap goes on (WCAG 2.2, 2.2.1 asks for at least 20), and more where the visit is long. */
const LEAST_S = 20;
const MOST_S = 30;

interface Props {
  kiosk: Kiosk;
  visit: Visit;
  onStay(): void;
  onOver(): void;
}

/** Warns before a visit ends for want of touches, and ends it. */
export function IdleWarning({ kiosk, visit, onStay, onOver }: Props): ReactNode {
  const text = useText();
  const [left, setLeft] = useState(Infinity);
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = Math.ceil((visit.idleAt - kiosk.now()) / 1000);
      setLeft(seconds);
      if (seconds <= 0) onOver();
    }, 500);
    return () => clearInterval(timer);
  }, [kiosk, visit, onOver]);
  const idleSeconds = kiosk.state.device?.idleSeconds ?? 60;
  const warnsAt = Math.max(LEAST_S, Math.min(MOST_S, idleSeconds / 2));
  const stay = (): void => {
    setLeft(Infinity);
    onStay();
  };
  return (
    <Dialog
      open={left <= warnsAt && left > 0}
      onClose={stay}
      title={text('idleTitle')}
      actions={
        <Button look="primary" size="large" className="huge" autoFocus onClick={stay}>
          {text('stay')}
        </Button>
      }
    >
      <p className="lead" role="timer" data-testid="idle-left">
        {text('idleBody', { count: Math.max(0, Math.min(left, warnsAt)) })}
      </p>
    </Dialog>
  );
}
