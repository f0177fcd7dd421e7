import {
  Badge,
  Button,
  clockText,
  LanguageSwitch,
  Menu,
  ThemeSwitch,
  useNow,
  VisuallyHidden,
} from '@repartee/ui';
import { ChevronDown, CircleUserRound, CloudOff, Headset, Radio, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { KeyHelp } from './key-help.js';
import { useLive } from './live/live.js';
import { useOutbox } from './live/outbox-provider.js';
import { useHub } from './session/hub.js';
import { BREAKS, usePresence } from './session/presence.js';
import { useText } from './words/words.js';

export type Place = 'desk' | 'board';

export function TopBar({
  place,
  onGo,
  embedded,
}: {
  place: Place;
  onGo(place: Place): void;
  embedded: boolean;
}): ReactNode {
  const text = useText();
  const { me, leads, signOut } = useHub();
  return (
    <header className="bar">
      <a className="skip" href="#stage">
        {text('desk')}
      </a>
      {!embedded && (
        <span className="brand">
          <span className="mark" aria-hidden>
            <Headset size={18} />
          </span>
          Repartee
        </span>
      )}
      {leads && (
        <nav aria-label={text('desk')} className="places">
          {(['desk', 'board'] as const).map((one) => (
            <Button
              key={one}
              look="quiet"
              size="small"
              aria-current={place === one ? 'page' : undefined}
              onClick={() => onGo(one)}
            >
              {text(one)}
            </Button>
          ))}
        </nav>
      )}
      <span className="grow" />
      <LineState />
      <PresenceMenu />
      <KeyHelp />
      <LanguageSwitch />
      <ThemeSwitch />
      <Menu
        look="quiet"
        size="small"
        name={text('account', { name: me?.account.name ?? '' })}
        label={<CircleUserRound size={18} aria-hidden />}
        entries={[{ key: 'out', label: text('signOut'), onPick: () => void signOut() }]}
      />
      <StaleBanner />
    </header>
  );
}

function LineState(): ReactNode {
  const text = useText();
  const { state, stale } = useLive();
  const { waiting } = useOutbox();
  return (
    <span className="line-state">
      {waiting.length > 0 && (
        <Badge tone="warn" icon={<Send size={13} aria-hidden />}>
          {text('waitingToSend', { count: waiting.length })}
        </Badge>
      )}
      {!stale && (
        <Badge tone={state === 'live' ? 'good' : 'neutral'} icon={<Radio size={13} aria-hidden />}>
          <span data-testid="line">{text(state === 'live' ? 'live' : 'connecting')}</span>
        </Badge>
      )}
    </span>
  );
}

function StaleBanner(): ReactNode {
  const text = useText();
  const { stale } = useLive();
  return (
    <div role="alert" className="stale-slot">
      {stale && (
        <p className="stale" data-testid="stale">
          <CloudOff size={17} aria-hidden />
          {text('stale')}
        </p>
      )}
    </div>
  );
}

function PresenceMenu(): ReactNode {
  const text = useText();
  const { state, reason, since, say } = usePresence();
  const now = useNow();
  const label = reason === 'wrap-up' ? text('wrapUp') : reason ? text(reason as 'break') : text(state);
  return (
    <Menu
      size="small"
      label={
        <>
          <VisuallyHidden>{text('presence')}: </VisuallyHidden>
          <span className="dot" data-state={state} aria-hidden />
          <span data-testid="presence">{label}</span>
          <span className="ui-soft ui-num">{clockText(now - since)}</span>
          <ChevronDown size={14} aria-hidden />
        </>
      }
      entries={[
        { key: 'available', label: text('available'), onPick: () => say({ state: 'available' }) },
        { key: 'busy', label: text('busy'), onPick: () => say({ state: 'busy' }) },
        ...BREAKS.map((one) => ({
          key: one,
          label: text(one),
          onPick: () => say({ state: 'away', reason: one }),
        })),
      ]}
    />
  );
}
