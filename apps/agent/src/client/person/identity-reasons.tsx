import { answerOf, Badge, EmptyState, ErrorState, LoadingState, useLanguage } from '@repartee/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

/** Why what the caller is known by is one person's: who said so, when, how surely. */
export function IdentityReasons({ callId }: { callId: string }): ReactNode {
  const text = useText();
  const { api } = useHub();
  const { format } = useLanguage();
  const asked = useQuery({
    queryKey: ['identity', callId],
    queryFn: () => answerOf(api.GET('/v1/desk/calls/{id}/identity', { params: { path: { id: callId } } })),
  });
  if (asked.isError) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <LoadingState lines={4} />;
  if (asked.data.items.length === 0) return <EmptyState title={text('noReasons')} />;
  return (
    <ul className="stack" data-testid="identity">
      {asked.data.items.map(({ a, b, rule, words, source, at, score, followed }) => (
        <li key={`${a} ${b} ${at} ${rule}`} title={words}>
          <p className="cluster">
            <strong>{a}</strong> – <strong>{b}</strong>
            {!followed && <Badge tone="warn">{text('notLinked')}</Badge>}
          </p>
          <p className="ui-soft small">
            {[
              text(`rule.${rule}`),
              source,
              format.moment(at),
              score === null ? null : text('score', { bits: format.number(score) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
