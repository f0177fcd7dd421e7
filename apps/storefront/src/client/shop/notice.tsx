import type { ReactNode } from 'react';
import { Link } from '../router.js';

interface Props {
  title: string;
  detail: string;
  action?: { label: string; run: () => void } | { label: string; to: string };
}

/** A page that says one thing: nothing here, or something failed. */
export function Notice({ title, detail, action }: Props): ReactNode {
  return (
    <section className="notice">
      <h1>{title}</h1>
      <p>{detail}</p>
      {action && 'to' in action && (
        <Link to={action.to} className="button primary">
          {action.label}
        </Link>
      )}
      {action && 'run' in action && (
        <button type="button" className="button primary" onClick={action.run}>
          {action.label}
        </button>
      )}
    </section>
  );
}
