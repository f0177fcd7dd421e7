import { Card, EmptyState, ErrorState, LoadingState } from '@repartee/ui';
import { Sparkles } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../keys.js';
import { useLive } from '../live/live.js';
import { ZONE } from '../call-queries.js';
import { type Call, type Explanation, type Person, useCatalogue, useOffers } from '../queries.js';
import { useText } from '../words/words.js';
import { NextQuestion } from './next-question.js';
import { OfferCard } from './offer-card.js';
import { WhyNot } from './why-not.js';

/** What to say now, what to ask, and why not something else. */
export function OffersPanel({ call, person }: { call: Call; person: Person | undefined }): ReactNode {
  const text = useText();
  const { stale } = useLive();
  const [answers, setAnswers] = useState(0);
  const [chosen, choose] = useState(0);
  const decision = useOffers(call.id, call.identity, answers);
  const catalogue = useCatalogue(true);
  const offers = decision.data?.zones.find(({ zone }) => zone === ZONE)?.offers ?? [];
  const explanation = decision.data?.explanation as Explanation | undefined;
  useKeys({ '1': () => choose(0), '2': () => choose(1), '3': () => choose(2) });
  return (
    <div
      className="offers"
      data-testid="offers"
      data-ready={decision.isSuccess && !decision.isPlaceholderData}
    >
      <h2 className="panel-title">
        <Sparkles size={17} aria-hidden /> {text('offers')}
      </h2>
      {stale && (
        <p className="stale-note" role="status">
          {text('offersStale')}
        </p>
      )}
      {decision.isError && !decision.data ? (
        <Card>
          <ErrorState error={decision.error} onRetry={() => void decision.refetch()} />
        </Card>
      ) : !decision.data ? (
        <Card>
          <LoadingState lines={4} />
        </Card>
      ) : offers.length === 0 ? (
        <Card>
          <EmptyState title={text('noOffers')}>{text('noOffersLead')}</EmptyState>
        </Card>
      ) : (
        offers.map((offer, at) => (
          <OfferCard
            key={offer.token}
            {...{ offer, call, at }}
            name={catalogue.data?.items.find(({ key }) => key === offer.offer)?.name ?? offer.offer}
            chosen={at === Math.min(chosen, offers.length - 1)}
            onChoose={() => choose(at)}
          />
        ))
      )}
      {person && explanation?.questions?.[0] && (
        <NextQuestion
          person={person}
          question={explanation.questions[0]}
          onAnswered={() => setAnswers((many) => many + 1)}
        />
      )}
      {person && <WhyNot person={person} call={call} candidates={explanation?.candidates ?? []} />}
    </div>
  );
}
