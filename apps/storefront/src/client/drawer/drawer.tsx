import { Tabs } from '@repartee/ui';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import { EntryLine } from './entry-line.js';
import { RecordView } from './record-view.js';
import { type Entry, type Happening, useHappenings } from './use-happenings.js';

/** *What just happened*: events, golden record and decisions of this visitor, live, beside the shop. */
export function Drawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const text = useText();
  const happening = useHappenings(open);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (open) title.current?.focus();
  }, [open]);
  if (!open) return null;
  return (
    <aside
      className="drawer"
      id="drawer"
      aria-labelledby="drawer-title"
      data-testid="drawer"
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="drawer-head">
        <h2 id="drawer-title" ref={title} tabIndex={-1}>
          {text('happened')}
        </h2>
        <button type="button" className="text-link" onClick={onClose} data-testid="drawer-close">
          {text('close')}
        </button>
      </header>
      <p className="soft">{text('happenedLead')}</p>
      {happening ? (
        <Faces happening={happening} />
      ) : (
        <p className="drawer-empty">{text(happening === null ? 'signInToSee' : 'nothingYet')}</p>
      )}
    </aside>
  );
}

function Faces({ happening: { profile, entries } }: { happening: Happening }): ReactNode {
  const text = useText();
  const decisions = entries.filter(({ kind }) => kind === 'decision');
  const others = entries.filter(({ kind }) => kind !== 'decision');
  return (
    <Tabs
      name={text('happened')}
      tabs={[
        { key: 'events', label: text('events'), content: <Entries entries={others} /> },
        { key: 'record', label: text('record'), content: <RecordView profile={profile} /> },
        { key: 'decisions', label: text('decisions'), content: <Entries entries={decisions} /> },
      ]}
    />
  );
}

function Entries({ entries }: { entries: readonly Entry[] }): ReactNode {
  const text = useText();
  if (entries.length === 0) return <p className="drawer-empty">{text('nothingYet')}</p>;
  return (
    <ol className="entries">
      {entries.map((entry) => (
        <EntryLine key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}
