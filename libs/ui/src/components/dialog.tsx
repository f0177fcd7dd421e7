import { Dialog as Frame, DialogDismiss, DialogHeading } from '@ariakit/react';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useUiText } from '../i18n/ui-text.js';

export interface DialogProps {
  open: boolean;
  onClose(): void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons; the one that goes on comes last. */
  actions?: ReactNode;
  wide?: boolean;
  /** A click beside it does not close it: what it shows is not shown again. */
  stays?: boolean;
}

/** Asks for something before it goes on. Focus stays within and returns to where it was; Escape closes. */
export function Dialog({ open, onClose, title, children, actions, wide, stays }: DialogProps): ReactNode {
  const text = useUiText();
  return (
    <Frame
      open={open}
      onClose={onClose}
      // Where focus goes when another dialog closes is nobody's wish to close this one.
      hideOnInteractOutside={({ type }) => !stays && type !== 'focusin'}
      unmountOnHide
      className="ui-dialog"
      backdrop={<div className="ui-veil" />}
      {...(wide && { 'data-wide': '' })}
    >
      <header>
        <DialogHeading render={<h2 />}>{title}</DialogHeading>
      </header>
      <div className="ui-dialog-body">{children}</div>
      {actions !== undefined && <footer>{actions}</footer>}
      {/* Last, so that the focus begins at the first thing to be asked. */}
      <DialogDismiss
        className="ui-button ui-dismiss"
        data-look="quiet"
        data-size="small"
        data-square=""
        aria-label={text('close')}
      >
        <X size={17} aria-hidden />
      </DialogDismiss>
    </Frame>
  );
}
