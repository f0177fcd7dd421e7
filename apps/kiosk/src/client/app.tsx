import type { Kiosk, Visit } from '@repartee/kiosk-client';
import { LanguageProvider, ThemeProvider } from '@repartee/ui';
import { type ReactNode, useCallback, useState, useSyncExternalStore } from 'react';
import { StatusBar } from './parts/status-bar.js';
import { AttractScreen } from './screens/attract-screen.js';
import { IdentifyScreen } from './screens/identify-screen.js';
import { PairingScreen } from './screens/pairing-screen.js';
import { VisitScreen } from './screens/visit-screen.js';
import { wipeBrowser } from './wipe.js';

type Stage = { at: 'attract' | 'identify' } | { at: 'visit'; visit: Visit };

/** The kiosk. Every visit stands in a tree of its own: language, appearance and all that was shown go with it. */
export function App({ kiosk }: { kiosk: Kiosk }): ReactNode {
  const [visits, setVisits] = useState(0);
  const [ended, setEnded] = useState(false);
  const next = useCallback(async () => {
    await kiosk.end();
    await wipeBrowser();
    setEnded(true);
    setVisits((count) => count + 1);
  }, [kiosk]);
  return (
    <ThemeProvider key={visits}>
      <LanguageProvider>
        <Stages kiosk={kiosk} ended={ended} onEnd={next} />
      </LanguageProvider>
    </ThemeProvider>
  );
}

function Stages({
  kiosk,
  ended,
  onEnd,
}: {
  kiosk: Kiosk;
  ended: boolean;
  onEnd(): Promise<void>;
}): ReactNode {
  const state = useSyncExternalStore(
    (listener) => kiosk.subscribe(listener),
    () => kiosk.state,
  );
  const [stage, setStage] = useState<Stage>({ at: 'attract' });
  if (!state.paired) return <PairingScreen kiosk={kiosk} online={state.online} />;
  return (
    <>
      {stage.at === 'attract' && (
        <AttractScreen erased={ended} onBegin={() => setStage({ at: 'identify' })} />
      )}
      {stage.at === 'identify' && (
        <IdentifyScreen
          kiosk={kiosk}
          phoneCodes={state.device?.phoneCodes ?? false}
          onBegun={(visit) => setStage({ at: 'visit', visit })}
          onBack={onEnd}
        />
      )}
      {stage.at === 'visit' && <VisitScreen kiosk={kiosk} visit={stage.visit} onEnd={onEnd} />}
      <StatusBar state={state} />
    </>
  );
}
