import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import type { Happening } from './use-happenings.js';

/** The golden record of this visitor, as the hub has it now. */
export function RecordView({ profile }: { profile: Happening['profile'] }): ReactNode {
  const text = useText();
  const { identifiers, traits, computed, consents } = profile;
  const shown = Object.entries(computed).filter(([, value]) => value !== null && typeof value !== 'object');
  return (
    <div data-testid="record">
      <Facts
        title={text('identifiers')}
        facts={identifiers.map(({ namespace, value, verified }) => [
          namespace,
          value,
          text(verified ? 'proved' : 'claimed'),
        ])}
      />
      <Facts
        title={text('traits')}
        facts={Object.entries(traits).map(([name, value]) => [name, plain(value)])}
      />
      <Facts title={text('computed')} facts={shown.map(([name, value]) => [name, plain(value)])} />
      <Facts
        title={text('consents')}
        facts={Object.entries(consents).map(([name, { status }]) => [name, status])}
      />
    </div>
  );
}

function Facts({ title, facts }: { title: string; facts: readonly string[][] }): ReactNode {
  if (facts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl className="facts-list" lang="en">
        {facts.map(([name = '', value = '', mark]) => (
          <div key={`${name}:${value}`}>
            <dt>{name}</dt>
            <dd>
              {value}
              {mark && <small> {mark}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
