import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useUiText } from '../i18n/ui-text.js';
import { Button } from './button.js';

export type ToastTone = 'info' | 'good' | 'warn' | 'bad';

interface Toast {
  id: number;
  tone: ToastTone;
  words: ReactNode;
}

export type ShowToast = (words: ReactNode, tone?: ToastTone) => void;

/** Milliseconds for which it stays; what went wrong stays until it is closed (WCAG 2.2.1). */
const STAYS = 6_000;
const MOST = 4;

const ToastContext = createContext<ShowToast>(() => undefined);

/** Says what happened, without taking the focus. */
export function useToast(): ShowToast {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const text = useUiText();
  const close = useCallback((id: number) => setToasts((all) => all.filter((one) => one.id !== id)), []);
  const show = useCallback<ShowToast>(
    (words, tone = 'info') => {
      const id = (next.current += 1);
      setToasts((all) => [...all.slice(1 - MOST), { id, tone, words }]);
      // What warns, or went wrong, stays until it is read and closed.
      if (tone !== 'bad' && tone !== 'warn') setTimeout(() => close(id), STAYS);
    },
    [close],
  );
  const region = useMemo(
    () =>
      toasts.map(({ id, tone, words }) => (
        <div key={id} className="ui-toast" data-tone={tone}>
          <p>{words}</p>
          <Button
            look="quiet"
            size="small"
            icon={<X size={15} aria-hidden />}
            aria-label={text('close')}
            onClick={() => close(id)}
          />
        </div>
      )),
    [toasts, text, close],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className="ui-toasts" role="log" aria-live="polite" aria-label={text('messages')}>
        {region}
      </div>
    </ToastContext>
  );
}
