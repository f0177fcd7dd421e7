import {
  answerOf,
  Button,
  EmptyState,
  ErrorState,
  Select,
  TextField,
  useLanguage,
  useNow,
} from '@repartee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  Eye,
  GitMerge,
  Mail,
  MousePointerClick,
  NotebookPen,
  ShoppingBag,
  Sparkles,
  type LucideIcon,
  Users,
} from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useLive } from '../live/live.js';
import type { Pop } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';
import { didWord } from './did-word.js';

export interface JourneySource {
  kind: 'call' | 'task';
  id: string;
}
type Entry = Pop['journey'][number];

/** Entries that the screen pop brings. */
const PAGE = 40;
/** What the hub calls in its own words. */
const NAMED = {
  identify: 'did.identify',
  consent: 'did.consent',
  page: 'did.page',
  note: 'kind.note',
} as const;
const KINDS = ['event', 'response', 'delivery', 'note', 'decision', 'segment', 'merge'] as const;
const ICONS: Readonly<Record<Entry['kind'], LucideIcon>> = {
  event: MousePointerClick,
  response: Eye,
  delivery: Mail,
  note: NotebookPen,
  decision: Sparkles,
  segment: Users,
  merge: GitMerge,
  split: GitMerge,
};

/** What happened, newest first; searched by words, filtered by kind. */
export function Journey({ pop, source }: { pop: Pop; source: JourneySource }): ReactNode {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState('');
  const q = useDeferredValue(typed.trim());
  const pages = useJourney(source, q);
  const older = (pages.data?.pages ?? []).flatMap(({ items }) => items);
  const known = new Set(older.map(({ id }) => id));
  const all = q === '' ? [...pop.journey.filter(({ id }) => !known.has(id)), ...older] : older;
  const shown = all
    .filter((entry) => kind === '' || entry.kind === kind)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <div className="stack">
      <div className="filters">
        <TextField
          label={text('search')}
          hideLabel
          type="search"
          placeholder={text('search')}
          value={typed}
          disabled={pop.person?.masked ?? true}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          label={text('everything')}
          hideLabel
          value={kind}
          onChange={setKind}
          choices={[
            { value: '', label: text('everything') },
            ...KINDS.map((one) => ({ value: one, label: text(`kind.${one}`) })),
          ]}
        />
      </div>
      {pages.isError && <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />}
      {shown.length === 0 ? (
        <EmptyState title={text('noJourney')} />
      ) : (
        <ol className="journey" data-testid="journey">
          {shown.map((entry) => (
            <JourneyEntry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {source.kind === 'call' && (pages.data ? pages.hasNextPage : pop.journey.length >= PAGE) && (
        <Button
          size="small"
          busy={pages.isFetching}
          onClick={() => void (pages.data ? pages.fetchNextPage() : pages.refetch())}
        >
          {text('more')}
        </Button>
      )}
    </div>
  );
}

/** Pages behind what the screen pop brought, or what is searched for; asked for when somebody wants them. */
function useJourney({ kind, id }: JourneySource, q: string) {
  const { api } = useHub();
  return useInfiniteQuery({
    queryKey: ['journey', id, q],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/v1/desk/calls/{id}/journey', {
          params: {
            path: { id },
            query: { ...(q !== '' && { q }), ...(pageParam !== '' && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    enabled: kind === 'call' && q !== '',
  });
}

function JourneyEntry({ entry }: { entry: Entry }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  const { offset } = useLive();
  const now = useNow(offset, 15_000);
  const { kind, name, type, channel, source, offer, words, data, at } = entry;
  const Icon = name?.startsWith('Order') || name?.startsWith('Cart') ? ShoppingBag : ICONS[kind];
  const title =
    kind === 'response'
      ? text('saidResponse', { what: text(didWord(type ?? '')), offer: offer ?? '' })
      : titleOf(entry, text);
  const detail = ['name', 'product', 'title', 'segment', 'order_id', 'total', 'status', 'url', 'path']
    .map((field) => data[field])
    .find((value) => typeof value === 'string' || typeof value === 'number');
  return (
    <li>
      <span className="pin" aria-hidden>
        <Icon size={15} />
      </span>
      <div>
        <strong>{title}</strong>
        {detail !== undefined && <span className="detail"> {String(detail)}</span>}
        {kind === 'note' && <p className="said">{words ?? <em>{text('hiddenWords')}</em>}</p>}
        {kind !== 'note' && words !== null && <p className="said">{words}</p>}
      </div>
      <small className="ui-soft">
        {channel ?? (source === 'default' ? '' : source)} <time dateTime={at}>{format.ago(at, now)}</time>
      </small>
    </li>
  );
}

function titleOf({ kind, name, type }: Entry, text: ReturnType<typeof useText>): string {
  if (kind === 'segment') return text(type === 'left' ? 'leftSegment' : 'enteredSegment');
  const own = NAMED[(name ?? type ?? '') as keyof typeof NAMED];
  if (own !== undefined) return text(own);
  return name ?? (kind === 'event' ? type : null) ?? text(`kind.${kind}`);
}
