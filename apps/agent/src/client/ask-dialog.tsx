import { Button, Dialog } from '@repartee/ui';
import type { ReactNode } from 'react';
import { useText } from './words/words.js';

export interface AskDialogProps {
  open?: boolean;
  title: ReactNode;
  /** What follows from it, in a sentence. */
  lead?: ReactNode;
  confirm: ReactNode;
  look?: 'primary' | 'danger';
  disabled?: boolean;
  busy?: boolean;
  wide?: boolean;
  onConfirm(): void;
  onClose(): void;
  children: ReactNode;
}

/** Asks for something, and goes on or does not. */
export function AskDialog({
  open = true,
  title,
  lead,
  confirm,
  look = 'primary',
  disabled = false,
  busy = false,
  wide = false,
  onConfirm,
  onClose,
  children,
}: AskDialogProps): ReactNode {
  const text = useText();
  const actions = (
    <>
      <Button onClick={onClose}>{text('cancel')}</Button>
      <Button {...{ look, disabled, busy }} onClick={onConfirm}>
        {confirm}
      </Button>
    </>
  );
  return (
    <Dialog {...{ open, onClose, title, actions, wide }}>
      {lead !== undefined && <p className="ui-soft">{lead}</p>}
      {children}
    </Dialog>
  );
}
