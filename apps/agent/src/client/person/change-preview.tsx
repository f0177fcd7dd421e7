import { Badge } from '@repartee/ui';
import type { ReactNode } from 'react';
import { useText } from '../words/words.js';

interface Props {
  preview: {
    kind: 'merge' | 'split';
    results: {
      profileId: string;
      name: string | null;
      identifiers: { namespace: string; value: string }[];
    }[];
    moves: { identifiers: { namespace: string; value: string }[]; traits: Record<string, unknown> };
  };
}

/** Which golden records a merge or split leaves, and what moves. */
export function ChangePreview({ preview: { kind, results, moves } }: Props): ReactNode {
  const text = useText();
  const traits = Object.entries(moves.traits).filter(([, held]) => typeof held !== 'object');
  return (
    <div className="stack" data-testid="change">
      <h3>{text(kind === 'merge' ? 'willBeOne' : 'willBeTwo')}</h3>
      <ul className="cluster">
        {results.map(({ profileId, name, identifiers }) => (
          <li key={profileId}>
            <Badge tone="info">
              {name ?? text('unknownCaller')} · {identifiers.length}
            </Badge>
          </li>
        ))}
      </ul>
      <h3>{text('moves')}</h3>
      <dl className="facts">
        {moves.identifiers.map(({ namespace, value }) => (
          <div key={`${namespace}:${value}`}>
            <dt>{namespace}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {traits.map(([name, held]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{String(held)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
