import { TextArea, useToast } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useOutbox } from '../live/outbox-provider.js';
import type { Person } from '../queries.js';
import { useText } from '../words/words.js';

interface Props {
  person: Person;
  open: boolean;
  onClose(): void;
}

export function NoteDialog({ person, open, onClose }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const { send } = useOutbox();
  const [words, setWords] = useState('');
  const save = (): void => {
    if (words.trim() === '') return;
    send(`/v1/profiles/${person.profileId}/notes`, { text: words.trim() }, person.profileId);
    toast(text('noted'), 'good');
    setWords('');
    onClose();
  };
  return (
    <AskDialog {...{ open, onClose }} title={text('addNote')} confirm={text('save')} onConfirm={save}>
      <TextArea
        label={text('note')}
        placeholder={text('notePlaceholder')}
        value={words}
        rows={4}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      />
    </AskDialog>
  );
}
