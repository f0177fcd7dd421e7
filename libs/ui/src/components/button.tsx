import type { ComponentProps, ReactNode } from 'react';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  /** It works on it: not to be pressed again, and said so. Focus stays where it is. */
  busy?: boolean;
}

/** A button with an icon alone needs `aria-label`. */
export function Button({
  look = 'plain',
  size = 'medium',
  icon,
  busy = false,
  type = 'button',
  children,
  onClick,
  className,
  ...rest
}: ButtonProps): ReactNode {
  const more = children === undefined ? { 'data-square': '' } : {};
  return (
    <button
      {...rest}
      {...more}
      type={type}
      className={className === undefined ? 'ui-button' : `ui-button ${className}`}
      data-look={look}
      data-size={size}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="ui-spinner" aria-hidden /> : icon}
      {children}
    </button>
  );
}
