import { answerOf, Button, Card, TextField, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { MessageCircleQuestionMark } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Person } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

interface Props {
  person: Person;
  question: { trait: string; offers: string[] };
  onAnswered(): void;
}

/** The question whose answer would change the ranking most. */
export function NextQuestion({ person, question, onAnswered }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() === '') return;
    setBusy(true);
    try {
      await answerOf(
        api.PATCH('/v1/profiles/{id}', {
          params: { path: { id: person.profileId } },
          headers: { 'If-Match': '*' },
          body: { traits: { [question.trait]: valueOf(typed.trim()) } },
        } as never),
      );
      setTyped('');
      onAnswered();
      await client.invalidateQueries({ queryKey: ['person', person.profileId] });
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
    setBusy(false);
  };
  return (
    <Card
      className="ask"
      data-testid="question"
      title={
        <>
          <MessageCircleQuestionMark size={17} aria-hidden /> {text('askNext')}
        </>
      }
    >
      <form className="stack" onSubmit={(event) => void save(event)}>
        <TextField
          label={text('answer', { trait: question.trait })}
          hint={`${text('askHint')} (${question.offers.join(', ')})`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" size="small" busy={busy}>
          {text('tell')}
        </Button>
      </form>
    </Card>
  );
}

/** What somebody says aloud is a number or a yes where it reads as one. */
function valueOf(typed: string): string | number | boolean {
  if (/^(true|yes)$/i.test(typed)) return true;
  if (/^(false|no)$/i.test(typed)) return false;
  return /^-?\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) : typed;
}
