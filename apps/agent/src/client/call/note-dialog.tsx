import { Button, Dialog, TextArea, useToast } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { useOutbox } from '../live/outbox-provider.js';
import type { Person } from '../queries.js';
import { useText } from '../words/words.js';

export function NoteDialog({
  person,
  open,
  onClose,
}: {
  person: Person;
  open: boolean;
  onClose(): void;
}): ReactNode {
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
    <Dialog
      open={open}
      onClose={onClose}
      title={text('addNote')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" onClick={save}>
            {text('save')}
          </Button>
        </>
      }
    >
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
    </Dialog>
  );
}
