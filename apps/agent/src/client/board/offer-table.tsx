import { EmptyState, Table, useLanguage } from '@repartee/ui';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../words/words.js';

export interface Taken {
  offer: string;
  answeredOffers: number;
  acceptedOffers: number;
  acceptance: number | null;
}

/** How the offers that agents made were taken. */
export function OfferTable({ offers, hours }: { offers: Taken[]; hours: string }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  if (offers.length === 0) return <EmptyState title={text('noAnswers')} />;
  return (
    <div className="stack" data-testid="acceptance">
      <Table
        caption={text('offerAcceptance')}
        rows={offers}
        rowKey={({ offer }) => offer}
        columns={[
          { key: 'offer', header: text('offer'), cell: ({ offer }) => offer },
          {
            key: 'answered',
            header: text('answeredOffers'),
            align: 'end',
            cell: (row) => format.number(row.answeredOffers),
          },
          {
            key: 'accepted',
            header: text('acceptance'),
            align: 'end',
            cell: (row) => format.number(row.acceptedOffers),
          },
          {
            key: 'rate',
            header: text('acceptanceRate'),
            align: 'end',
            cell: ({ acceptance }) => (acceptance === null ? '–' : format.percent(acceptance)),
          },
        ]}
      />
      <a className="ui-button" href={`/v1/desk/board/export?by=offers&hours=${hours}`} download>
        <Download size={16} aria-hidden /> {text('exportOffers')}
      </a>
    </div>
  );
}
