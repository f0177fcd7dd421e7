import {
  answerOf,
  ApiError,
  Button,
  Dialog,
  type FormValue,
  Select,
  SchemaForm,
  useToast,
} from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Person } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

const CHANNELS = ['email', 'sms', 'call_center', 'web_push'] as const;
const STATUSES = ['granted', 'denied'] as const;

/** Traits and consents by the person's word; each change is audited with the agent's name. */
export function EditDialog({ person, onClose }: { person: Person; onClose(): void }): ReactNode {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  const plain = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(person.traits).filter(
          (entry): entry is [string, FormValue] => typeof entry[1] !== 'object',
        ),
      ),
    [person.traits],
  );
  const [traits, setTraits] = useState<Record<string, FormValue>>(plain);
  const [consents, setConsents] = useState<Record<string, string>>({});
  const schema = useMemo(
    () => ({
      properties: Object.fromEntries(
        Object.entries({ name: '', email: '', phone: '', ...plain }).map(([name, held]) => [
          name,
          { type: typeof held },
        ]),
      ),
    }),
    [plain],
  );
  const save = async (): Promise<void> => {
    const names = [...new Set([...Object.keys(plain), ...Object.keys(traits)])];
    const changed = names.filter((name) => traits[name] !== plain[name]);
    const path = { id: person.profileId };
    try {
      if (changed.length > 0)
        await answerOf(
          api.PATCH('/v1/profiles/{id}', {
            params: { path },
            headers: { 'If-Match': `"${person.version}"` },
            body: { traits: Object.fromEntries(changed.map((name) => [name, traits[name] ?? null])) },
          } as never),
        );
      const said = Object.entries(consents).filter(([, status]) => status !== '');
      if (said.length > 0)
        await answerOf(
          api.PUT('/v1/profiles/{id}/consents', {
            params: { path },
            body: {
              consents: said.map(([channel, status]) => ({ channel, status, proof: { method: 'by word' } })),
            },
          } as never),
        );
      await client.invalidateQueries({ queryKey: ['person', person.profileId] });
      toast(text('saved'), 'good');
      onClose();
    } catch (error) {
      const stale = error instanceof ApiError && error.status === 412;
      toast(stale ? text('changed') : error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={text('edit')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" onClick={() => void save()}>
            {text('save')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('editLead')}</p>
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
    </Dialog>
  );
}
