import { SeededRandom } from '../identity-records/random.js';
import { benchPeople, mistyped } from '../identity/people.js';
import { personOf, post, trackEvent, VISIBLE } from './requests.js';

/**
 * `known`: events of known people, every second one with an identifier that was never seen before;
 * `alike`: a new customer number with the name, date of birth and address of a known person, mistyped.
 */
export type IdentityRequest = 'known' | 'alike';

/** Which events are made. */
export interface IdentityRequests {
  key: string;
  request: IdentityRequest;
  /** How many people there are: `bench-0` to `bench-<people − 1>`. */
  people: number;
  /** Sets this round's message ids and new identifiers apart from all others. */
  run: string;
  /** Those who are mistyped come from here on, each once. */
  firstPerson: number;
}

/** The namespace of new customer numbers; its value ends with the number of the person that it is of. */
export const CUSTOMER = 'customer_id';

/** Makes the complete request of each of `count` events. */
export function identityRequests(settings: IdentityRequests, count: number): (n: number) => string {
  return settings.request === 'known' ? knownRequests(settings) : alikeRequests(settings, count);
}

function knownRequests({ key, people, run }: IdentityRequests): (n: number) => string {
  const track = (n: number, device: string) =>
    post('/v1/track', key, trackEvent(n, { key, people, run }, device), 'Basic', VISIBLE);
  return (n) => {
    if (n % 2 === 0) return track(n, '');
    if (n % 4 === 1) return track(n, `"anonymousId":"${run}-device-${n}",`);
    const card = { id: `${run}-${n}`, type: 'loyalty_id', collection: 'users', encoding: 'none' };
    const event = { messageId: `${run}-${n}`, userId: personOf(n, people), context: { externalIds: [card] } };
    return post('/v1/identify', key, JSON.stringify(event), 'Basic', VISIBLE);
  };
}

/** Everything is made before the first is sent: making people takes its time. */
function alikeRequests({ key, run, firstPerson }: IdentityRequests, count: number): (n: number) => string {
  const random = new SeededRandom(firstPerson + 1);
  const requests: string[] = [];
  for (const { number, fields } of benchPeople()) {
    if (requests.length >= count) break;
    if (!fields || number < firstPerson) continue;
    const externalIds = [
      { id: `${run}-of-${number}`, type: CUSTOMER, collection: 'users', encoding: 'none' },
    ];
    const event = {
      messageId: `${run}-${number}`,
      anonymousId: `${run}-row-${number}`,
      context: { externalIds },
      traits: mistyped(fields, random),
    };
    requests.push(post('/v1/identify', key, JSON.stringify(event), 'Basic', VISIBLE));
  }
  return (n) => requests[n] ?? '';
}
