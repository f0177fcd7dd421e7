import { Avatar, Badge, Button, Card, useLanguage } from '@repartee/ui';
import { EyeOff, Pencil, ShieldAlert, ShieldCheck, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Call, Person } from '../queries.js';
import { useText } from '../words/words.js';
import { EditDialog } from './edit-dialog.js';

/** Traits that stand elsewhere on the card. */
const ELSEWHERE = ['name', 'firstName', 'lastName', 'first_name', 'last_name'];
const MOST = 10;

/** Who it is, and what they are worth to know at once. */
export function PersonCard({ person, call }: { person: Person; call?: Call }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  const [editing, edit] = useState(false);
  const verified = call?.identity.verified ?? 'none';
  return (
    <Card data-testid="person" data-masked={person.masked} className="person">
      <div className="person-head">
        <Avatar name={person.name ?? '?'} size={52} />
        <div>
          <h2 data-testid="person-name">{person.name ?? text('unknownCaller')}</h2>
          <p className="ui-soft">{text('customerSince', { when: format.day(person.firstSeen) })}</p>
        </div>
        <span className="grow" />
        {call && (
          <Badge
            tone={verified === 'none' ? 'warn' : 'good'}
            icon={
              verified === 'none' ? (
                <ShieldAlert size={14} aria-hidden />
              ) : (
                <ShieldCheck size={14} aria-hidden />
              )
            }
          >
            <span data-testid="verified">{verified === 'none' ? text('unverified') : text(verified)}</span>
          </Badge>
        )}
        {!person.masked && (
          <Button
            look="quiet"
            size="small"
            icon={<Pencil size={16} aria-hidden />}
            aria-label={text('edit')}
            onClick={() => edit(true)}
          />
        )}
      </div>
      {person.masked && (
        <p className="masked">
          <EyeOff size={15} aria-hidden /> {text('maskedHint')}
        </p>
      )}
      <Facts person={person} />
      <Segments person={person} />
      <Consents person={person} />
      {editing && <EditDialog person={person} onClose={() => edit(false)} />}
    </Card>
  );
}

function Facts({ person }: { person: Person }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  const orders = Number(person.computed['orders_count'] ?? 0);
  const totals = person.computed['orders_total'];
  const value = moneyOf(totals, format);
  const traits = Object.entries(person.traits)
    .filter(([name, held]) => !ELSEWHERE.includes(name) && typeof held !== 'object')
    .slice(0, MOST);
  return (
    <dl className="facts">
      {orders > 0 && (
        <div>
          <dt>{text('value')}</dt>
          <dd>
            {value !== '' && `${value} · `}
            {text('orders', { count: orders })}
          </dd>
        </div>
      )}
      {traits.map(([name, held]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{String(held)}</dd>
        </div>
      ))}
    </dl>
  );
}

function moneyOf(totals: unknown, format: ReturnType<typeof useLanguage>['format']): string {
  if (typeof totals === 'number') return format.number(totals);
  if (typeof totals !== 'object' || totals === null) return '';
  return Object.entries(totals)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number' && /^[A-Z]{3}$/.test(entry[0]))
    .map(([currency, amount]) => format.money(amount, currency))
    .join(', ');
}

function Segments({ person }: { person: Person }): ReactNode {
  const text = useText();
  if (person.segments.length === 0) return null;
  return (
    <ul className="cluster segments" aria-label={text('segments')} data-testid="segments">
      {person.segments.map(({ key, name }) => (
        <li key={key}>
          <Badge tone="neutral" icon={<Users size={14} aria-hidden />}>
            {name}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function Consents({ person }: { person: Person }): ReactNode {
  const text = useText();
  if (person.consents.length === 0) return <p className="ui-soft small">{text('noConsents')}</p>;
  return (
    <ul className="cluster" aria-label={text('consents')} data-testid="consents">
      {person.consents.map(({ key, status, channel, dataUse }) => (
        <li key={key}>
          <Badge tone={status === 'granted' ? 'good' : status === 'denied' ? 'bad' : 'neutral'}>
            {channel ?? dataUse ?? key}: {text(consentWord(status))}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function consentWord(status: string): 'granted' | 'denied' | 'pending' {
  return status === 'granted' || status === 'denied' ? status : 'pending';
}
