import { Button } from '@repartee/ui';
import { Hand, Pause, Play } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../words/words.js';

const LINES = ['attractOne', 'attractTwo', 'attractThree'] as const;
const TURN_MS = 6_000;

/** What passers-by see. The lines take turns unless somebody stops them or wants no motion. */
export function AttractScreen({ erased, onBegin }: { erased: boolean; onBegin(): void }): ReactNode {
  const text = useText();
  const [still, setStill] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [line, setLine] = useState(0);
  useEffect(() => {
    if (still) return;
    const timer = setInterval(() => setLine((now) => (now + 1) % LINES.length), TURN_MS);
    return () => clearInterval(timer);
  }, [still]);
  return (
    <main className="screen centred attract" onClick={onBegin}>
      <h1 key={line} className="attract-line">
        {text(LINES[line] ?? LINES[0])}
      </h1>
      <Button look="primary" size="large" className="huge" icon={<Hand aria-hidden />} onClick={onBegin}>
        {text('begin')}
      </Button>
      <Button
        look="quiet"
        icon={still ? <Play size={20} aria-hidden /> : <Pause size={20} aria-hidden />}
        onClick={(event) => {
          event.stopPropagation();
          setStill(!still);
        }}
      >
        {text(still ? 'play' : 'pause')}
      </Button>
      <p role="status" className="soft">
        {erased && text('erased')}
      </p>
    </main>
  );
}
