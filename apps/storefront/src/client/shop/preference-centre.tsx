import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Preferences } from '../../catalogue/product.js';
import { fetchPreferences, savePreferences } from '../shop-api.js';
import { useText } from '../texts/use-text.js';

const switches = [
  ['email', 'prefEmail'],
  ['sms', 'prefSms'],
  ['web', 'prefWeb'],
  ['call_center', 'prefCalls'],
  ['profiling', 'prefProfiling'],
] as const;

/** What may reach a customer. Every change holds at once. */
export function PreferenceCentre({ phone }: { phone: string }): ReactNode {
  const text = useText();
  const [wanted, setWanted] = useState<Preferences>();
  const [said, setSaid] = useState<{ problem: boolean; words: string }>();
  const complain = (error: unknown): void =>
    setSaid({ problem: true, words: error instanceof Error ? error.message : String(error) });
  useEffect(() => {
    fetchPreferences().then(setWanted, complain);
  }, []);
  const change = (name: keyof Preferences, value: boolean): void => {
    if (!wanted) return;
    setSaid(undefined);
    // The switch moves under the finger; where it cannot be saved it goes back and says so.
    setWanted({ ...wanted, [name]: value });
    savePreferences({ [name]: value }).then(
      (now) => {
        setWanted(now);
        setSaid({ problem: false, words: text('saved') });
      },
      (error: unknown) => {
        setWanted(wanted);
        complain(error);
      },
    );
  };
  return (
    <div className="panel" aria-busy={wanted === undefined} data-testid="preferences">
      <h2>{text('yourPreferences')}</h2>
      <p className="soft">{text('preferencesLead')}</p>
      {wanted &&
        switches.map(([name, label]) => (
          <label key={name} className="preference">
            <input
              type="checkbox"
              role="switch"
              checked={wanted[name]}
              onChange={({ target }) => change(name, target.checked)}
              data-testid={`pref-${name}`}
            />
            <span>{text(label, { phone })}</span>
          </label>
        ))}
      <p
        role={said?.problem ? 'alert' : 'status'}
        className={said?.problem ? 'form-problem' : 'saved'}
        data-testid="preferences-said"
      >
        {said?.words}
      </p>
    </div>
  );
}
