import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/api-error.js';
import { useUiText } from '../i18n/ui-text.js';
import { Button } from './button.js';
import { Skeleton, VisuallyHidden } from './small-parts.js';

/** There is nothing here, and that is fine. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="ui-state">
      {icon}
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** Something went wrong; says what, and lets one try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?(): void }): ReactNode {
  const text = useUiText();
  return (
    <div className="ui-state" role="alert">
      <CircleAlert size={22} aria-hidden />
      <strong>{text('failed')}</strong>
      <span>{error instanceof ApiError ? error.message : text('unreachable')}</span>
      {onRetry && (
        <Button size="small" icon={<RotateCw size={15} aria-hidden />} onClick={onRetry}>
          {text('retry')}
        </Button>
      )}
    </div>
  );
}

/** Lines that are still loading. */
export function LoadingState({ lines = 3 }: { lines?: number }): ReactNode {
  const text = useUiText();
  return (
    <div role="status" style={{ display: 'grid', gap: 10 }}>
      <VisuallyHidden>{text('loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height={18} width={`${92 - ((at * 17) % 40)}%`} />
      ))}
    </div>
  );
}
