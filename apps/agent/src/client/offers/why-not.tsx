import { answerOf, Card, ErrorState, LoadingState, Select, useLanguage, useNow } from '@repartee/ui';
import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLive } from '../live/live.js';
import { ZONE } from '../call-queries.js';
import { type Call, type Person, useCatalogue } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

interface Props {
  person: Person;
  call: Call;
  candidates: readonly { offer: string; shown: boolean }[];
}

/** What stands in the way of any other offer, when it lifts, and which fact would change it. */
export function WhyNot({ person, call, candidates }: Props): ReactNode {
  const text = useText();
  const { api } = useHub();
  const [offer, pick] = useState('');
  const catalogue = useCatalogue(true);
  const shown = new Set(candidates.filter((one) => one.shown).map((one) => one.offer));
  const others = (catalogue.data?.items ?? []).filter(({ key }) => !shown.has(key));
  const asked = useQuery({
    queryKey: ['why-not', person.profileId, person.version, offer, call.identity.verified],
    queryFn: () =>
      answerOf(
        api.GET('/v1/profiles/{id}/why-not', {
          params: {
            path: { id: person.profileId },
            query: {
              offer,
              channel: 'call_center',
              callId: call.id,
              context: JSON.stringify({ verified: call.identity.verified, call: { id: call.id } }),
            },
          },
        } as never),
      ) as Promise<WhyNotAnswer>,
    enabled: offer !== '',
  });
  const zone = asked.data?.zones.find((one) => one.zone === ZONE) ?? asked.data?.zones[0];
  return (
    <Card className="why-not" title={text('whyNot')}>
      <Select
        label={text('whyNotPick')}
        hideLabel
        value={offer}
        onChange={pick}
        choices={[
          { value: '', label: text('whyNotLead') },
          ...others.map(({ key, name }) => ({ value: key, label: name })),
        ]}
      />
      {asked.isError && <ErrorState error={asked.error} />}
      {offer !== '' && asked.isPending && <LoadingState />}
      {asked.data && <Obstacles zone={zone} summary={asked.data.summary} />}
    </Card>
  );
}

function Obstacles({ zone, summary }: { zone: Zone | undefined; summary: string }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  const { offset } = useLive();
  const now = useNow(offset, 30_000);
  return (
    <div className="stack" data-testid="why-not" role="status">
      <p>{zone?.summary ?? summary}</p>
      {zone?.obstacles.map(({ rule, words, lifts, needs }, at) => (
        <div key={`${rule} ${at}`} className="obstacle">
          <p>
            <Lock size={14} aria-hidden /> <strong>{rule}</strong> – {words}
          </p>
          <p className="small">
            {lifts.at !== null
              ? text('liftsAt', { when: format.ago(lifts.at, now) })
              : text(lifts.when === 'never' ? 'liftsNever' : 'liftsChange')}
          </p>
          {needs?.[0] && (
            <p className="small">
              {text('unblock')}: {needs[0].map((fact) => fact.words).join('; ')}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

type Zone = WhyNotAnswer['zones'][number];
interface WhyNotAnswer {
  summary: string;
  zones: {
    zone: string | null;
    summary: string;
    obstacles: {
      rule: string;
      words: string;
      lifts: { when: string; at: string | null };
      needs: { words: string }[][] | null;
    }[];
  }[];
}
