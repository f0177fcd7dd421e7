import { answerOf, Button, Card, idempotencyKey, useLanguage, useNow, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLive } from '../live/live.js';
import type { Call, Pop } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

/** Several people share the number: the agent asks, and chooses. Choosing proves nothing. */
export function Candidates({ call, candidates }: { call: Call; candidates: Pop['candidates'] }): ReactNode {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  const { format } = useLanguage();
  const { offset } = useLive();
  const now = useNow(offset, 60_000);
  const choose = async (profileId: string): Promise<void> => {
    try {
      const found = await answerOf(
        api.POST('/v1/calls/{id}/identity', {
          params: { path: { id: call.id } },
          body: { profileId, verified: 'none' },
          headers: { 'Idempotency-Key': idempotencyKey() },
        }),
      );
      client.setQueryData(['call', call.id], found);
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Card
      title={
        <>
          <Users size={17} aria-hidden /> {text('whoIsIt')}
        </>
      }
      data-testid="candidates"
    >
      <ul className="stack">
        {candidates.map(({ profileId, name, email, lastSeen }) => (
          <li key={profileId} className="split">
            <span>
              <strong>{name ?? text('unknownCaller')}</strong>{' '}
              <span className="ui-soft">
                {email} · {text('lastSeen', { when: format.ago(lastSeen, now) })}
              </span>
            </span>
            <Button size="small" onClick={() => void choose(profileId)}>
              {text('choose')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
