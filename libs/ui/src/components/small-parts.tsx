import type { ComponentProps, CSSProperties, ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'info';

/** One word about a state. The word says it; the colour only helps. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <span className="ui-badge" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

export interface CardProps extends Omit<ComponentProps<'section'>, 'title'> {
  title?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  /** Whether the title is the page's own, its first heading. */
  main?: boolean;
}

export function Card({
  title,
  actions,
  children,
  main = false,
  className = '',
  ...rest
}: CardProps): ReactNode {
  const Heading = main ? 'h1' : 'h2';
  return (
    <section {...rest} className={`ui-card ${className}`.trim()}>
      {(title !== undefined || actions !== undefined) && (
        <header>
          <Heading>{title}</Heading>
          {actions}
        </header>
      )}
      <div className="ui-card-body">{children}</div>
    </section>
  );
}

/** The first letters of a name; for the eye alone, the name stands beside it. */
export function Avatar({ name, size = 40 }: { name: string; size?: number }): ReactNode {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
  return (
    <span className="ui-avatar" style={{ '--size': `${size}px` } as CSSProperties} aria-hidden>
      {letters.toLocaleUpperCase() || '?'}
    </span>
  );
}

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }): ReactNode {
  return <kbd className="ui-kbd">{children}</kbd>;
}

/** For assistive technology alone. */
export function VisuallyHidden({ children, ...rest }: ComponentProps<'span'>): ReactNode {
  return (
    <span {...rest} className="ui-hidden">
      {children}
    </span>
  );
}

/** The place of something that is still loading. */
export function Skeleton({ height, width }: { height?: number; width?: number | string }): ReactNode {
  return <span className="ui-skeleton" style={{ height, width }} aria-hidden />;
}
