import { Button, Kbd, Menu, useToast } from '@repartee/ui';
import {
  ClipboardCheck,
  Ellipsis,
  Merge,
  NotebookPen,
  Send,
  Share2,
  ShieldCheck,
  Split,
  UserX,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../keys.js';
import type { Call, Person } from '../queries.js';
import { useText } from '../words/words.js';
import { FollowUpDialog } from './follow-up-dialog.js';
import { HandOverDialog } from './hand-over-dialog.js';
import { NoteDialog } from './note-dialog.js';
import { OutcomeDialog } from './outcome-dialog.js';
import { VerifyDialog } from './verify-dialog.js';
import { ProposeDialog } from './propose-dialog.js';
import { WrongPersonDialog } from './wrong-person-dialog.js';

type Asking = 'outcome' | 'verify' | 'note' | 'wrong' | 'follow' | 'hand' | 'merge' | 'split';

/** What an agent does with a call, each by a key. */
export function CallActions({
  call,
  person,
  onDone,
}: {
  call: Call;
  person: Person | undefined;
  onDone(): void;
}): ReactNode {
  const text = useText();
  const [asking, ask] = useState<Asking>();
  const close = (): void => ask(undefined);
  const verified = call.identity.verified !== 'none';
  // Who calls may be known before all about them is here: a key pressed by then opens its dialog with the rest.
  const known = call.identity.profileId !== null;
  useKeys({
    o: () => ask('outcome'),
    n: () => known && ask('note'),
    v: () => known && !verified && ask('verify'),
  });
  return (
    <div className="cluster actions" role="toolbar" aria-label={text('outcome')}>
      <Button
        look="primary"
        icon={<ClipboardCheck size={17} aria-hidden />}
        disabled={call.outcome !== null}
        onClick={() => ask('outcome')}
      >
        {text('outcome')} <Kbd>o</Kbd>
      </Button>
      {person && !verified && (
        <Button icon={<ShieldCheck size={17} aria-hidden />} onClick={() => ask('verify')}>
          {text('verify')} <Kbd>v</Kbd>
        </Button>
      )}
      {person && (
        <Button icon={<NotebookPen size={17} aria-hidden />} onClick={() => ask('note')}>
          {text('note')} <Kbd>n</Kbd>
        </Button>
      )}
      {person && (
        <Button icon={<UserX size={17} aria-hidden />} onClick={() => ask('wrong')}>
          {text('wrongPerson')}
        </Button>
      )}
      <More {...{ known, verified, ask }} />
      <Dialogs {...{ call, person, asking, close, onDone }} />
    </div>
  );
}

interface DialogsProps {
  call: Call;
  person: Person | undefined;
  asking: Asking | undefined;
  close(): void;
  onDone(): void;
}

function Dialogs({ call, person, asking, close, onDone }: DialogsProps): ReactNode {
  const text = useText();
  const toast = useToast();
  return (
    <>
      <OutcomeDialog call={call} open={asking === 'outcome'} onClose={close} onDone={onDone} />
      {person && <VerifyDialog call={call} person={person} open={asking === 'verify'} onClose={close} />}
      {person && <NoteDialog person={person} open={asking === 'note'} onClose={close} />}
      <WrongPersonDialog
        call={call}
        open={asking === 'wrong'}
        onClose={close}
        onDone={() => toast(text('detached'), 'good')}
      />
      {person && <FollowUpDialog {...{ call, person }} open={asking === 'follow'} onClose={close} />}
      {person && (asking === 'merge' || asking === 'split') && (
        <ProposeDialog {...{ call, person }} kind={asking} onClose={close} />
      )}
      <HandOverDialog call={call} open={asking === 'hand'} onClose={close} />
    </>
  );
}

interface MoreProps {
  known: boolean;
  verified: boolean;
  ask(asking: Asking): void;
}

function More({ known, verified, ask }: MoreProps): ReactNode {
  const text = useText();
  return (
    <Menu
      name={text('more')}
      label={<Ellipsis size={17} aria-hidden />}
      entries={[
        {
          key: 'follow',
          label: text('followUp'),
          icon: <Send size={16} aria-hidden />,
          disabled: !verified,
          onPick: () => ask('follow'),
        },
        {
          key: 'merge',
          label: text('proposeMerge'),
          icon: <Merge size={16} aria-hidden />,
          disabled: !known,
          onPick: () => ask('merge'),
        },
        {
          key: 'split',
          label: text('proposeSplit'),
          icon: <Split size={16} aria-hidden />,
          disabled: !verified,
          onPick: () => ask('split'),
        },
        {
          key: 'hand',
          label: text('handOver'),
          icon: <Share2 size={16} aria-hidden />,
          onPick: () => ask('hand'),
        },
      ]}
    />
  );
}
