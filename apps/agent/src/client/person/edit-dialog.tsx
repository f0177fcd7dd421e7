import { answerOf, ApiError, type FormValue, Select, SchemaForm, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useAttempt, wordsOf } from '../attempt.js';
import type { Person } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

const CHANNELS = ['email', 'sms', 'call_center', 'web_push'] as const;
const STATUSES = ['granted', 'denied'] as const;
type Traits = Record<string, FormValue>;

/** Traits and consents by the person's word; each change is audited with the agent's name. */
export function EditDialog({ person, onClose }: { person: Person; onClose(): void }): ReactNode {
  const text = useText();
  const toast = useToast();
  const attempt = useAttempt();
  const save = useSave(person);
  const plain = useMemo(() => plainTraits(person), [person]);
  const [traits, setTraits] = useState<Traits>(plain);
  const [consents, setConsents] = useState<Record<string, string>>({});
  const schema = useMemo(() => schemaOf(plain), [plain]);
  const confirm = async (): Promise<void> => {
    const words = (error: unknown): string =>
      error instanceof ApiError && error.status === 412 ? text('changed') : wordsOf(error);
    if (!(await attempt(() => save(plain, traits, consents), words))) return;
    toast(text('saved'), 'good');
    onClose();
  };
  return (
    <AskDialog
      wide
      onClose={onClose}
      title={text('edit')}
      lead={text('editLead')}
      confirm={text('save')}
      onConfirm={() => void confirm()}
    >
      <div className="columns">
        <SchemaForm schema={schema} value={traits} onChange={setTraits} />
        <div className="stack">
          <h3>{text('consents')}</h3>
          {CHANNELS.map((channel) => (
            <Select
              key={channel}
              label={channel}
              value={consents[channel] ?? person.consents.find((one) => one.key === channel)?.status ?? ''}
              onChange={(status) => setConsents({ ...consents, [channel]: status })}
              choices={[
                { value: '', label: '–' },
                ...STATUSES.map((one) => ({ value: one, label: text(one) })),
              ]}
            />
          ))}
        </div>
      </div>
    </AskDialog>
  );
}

function plainTraits(person: Person): Traits {
  return Object.fromEntries(
    Object.entries(person.traits).filter(
      (entry): entry is [string, FormValue] => typeof entry[1] !== 'object',
    ),
  );
}

function schemaOf(plain: Traits) {
  const shown = { name: '', email: '', phone: '', ...plain };
  return {
    properties: Object.fromEntries(
      Object.entries(shown).map(([name, held]) => [name, { type: typeof held }]),
    ),
  };
}

/** Sends what changed, on the version that was seen. */
function useSave({ profileId, version }: Person) {
  const client = useQueryClient();
  const { api } = useHub();
  const params = { path: { id: profileId } };
  return async (before: Traits, after: Traits, said: Readonly<Record<string, string>>): Promise<void> => {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = names.filter((name) => after[name] !== before[name]);
    if (changed.length > 0) {
      const traits = Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
      const headers = { 'If-Match': `"${version}"` };
      await answerOf(api.PATCH('/v1/profiles/{id}', { params, headers, body: { traits } } as never));
    }
    const consents = Object.entries(said).flatMap(([channel, status]) =>
      status === '' ? [] : [{ channel, status, proof: { method: 'by word' } }],
    );
    if (consents.length > 0)
      await answerOf(api.PUT('/v1/profiles/{id}/consents', { params, body: { consents } } as never));
    await client.invalidateQueries({ queryKey: ['person', profileId] });
  };
}
