import type { Visit } from '@repartee/kiosk-client';
import { Dialog, LoadingState } from '@repartee/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { QrCode } from '../parts/qr-code.js';
import { useText } from '../words/words.js';
import type { ShownOffer } from './use-offers.js';

const LOOK_MS = 2_000;

interface Props {
  visit: Visit;
  offers: ShownOffer[];
  onTaken(): void;
  onClose(): void;
}

/** A code for the visitor's phone. Once the phone has it, the visit here is over. */
export function TakeAlong({ visit, offers, onTaken, onClose }: Props): ReactNode {
  const text = useText();
  const [url, setUrl] = useState('');
  const [failed, setFailed] = useState(false);
  // What is carried is what was shown when the code was made.
  const [carried] = useState(offers);
  useEffect(() => {
    let gone = false;
    visit.handOver(carried).then(
      (code) => {
        if (!gone) setUrl(code.url);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [visit, carried]);
  useEffect(() => {
    if (url === '') return;
    const timer = setInterval(() => {
      void visit.isHere().then((here) => {
        if (!here) onTaken();
      });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [visit, url, onTaken]);
  return (
    <Dialog open onClose={onClose} title={text('take')}>
      {failed && <p role="alert">{text('failed')}</p>}
      {!failed && url === '' && <LoadingState lines={2} />}
      {url !== '' && (
        <div data-testid="take-code" data-url={url}>
          <QrCode value={url} label={text('take')} />
        </div>
      )}
      <p className="lead">{text('takeHow')}</p>
    </Dialog>
  );
}
