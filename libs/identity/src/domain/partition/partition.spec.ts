import { type Identifier } from '../identifier.js';
import { DEFAULT_POLICIES } from '../namespace-policy.js';
import { evidenceOf, type IdentityEvent } from './evidence.js';
import { type Partition, partition, type Verdict } from './partition.js';

const id = (text: string): Identifier => {
  const [namespace = '', value = ''] = text.split(':');
  return { namespace, value };
};

/** Events of a little world, and what they come to. */
function world() {
  const events: IdentityEvent[] = [];
  const verdicts: Verdict[] = [];
  const tell = (at: number, verified: boolean, identifiers: string[], more: Partial<IdentityEvent> = {}) =>
    void events.push({ id: `e${events.length}`, at, verified, identifiers: identifiers.map(id), ...more });
  const result = () => {
    const told = events.map((event) => evidenceOf(event, DEFAULT_POLICIES));
    return partition(
      {
        seen: [...new Set(told.flatMap(({ seen }) => seen.map(({ key }) => key)))],
        provedElsewhere: new Set(),
        links: told.flatMap(({ links }) => links),
        signOuts: told.flatMap(({ signOuts }) => signOuts),
        verdicts,
        matches: [],
      },
      DEFAULT_POLICIES,
    );
  };
  return {
    proved: (at: number, ...identifiers: string[]) => tell(at, true, identifiers),
    claimed: (at: number, ...identifiers: string[]) => tell(at, false, identifiers),
    alias: (at: number, formerId: string, to: string) => tell(at, true, [to], { formerId }),
    signOut: (at: number, ...identifiers: string[]) => tell(at, false, identifiers, { signsOut: true }),
    say: (verdict: Verdict['verdict'], a: string, b: string, at: number) =>
      void verdicts.push({ id: `v${verdicts.length}`, a, b, verdict, at }),
    result,
    who: () => peopleOf(result()),
  };
}

/** Each cluster as the identifiers it holds, with the moment from which it holds them. */
function peopleOf({ clusters, holdings }: Partition): string[] {
  return clusters
    .map((members) =>
      holdings
        .filter(({ node, key }) => node !== null && members.includes(node) && !key.startsWith('@'))
        .map(({ key, since }) => (since === 0 ? key : `${key}@${since}`))
        .sort()
        .join(' '),
    )
    .filter((person) => person !== '')
    .sort();
}

describe('partition', () => {
  it('joins what a proved event names together', () => {
    const { proved, who } = world();
    proved(1, 'user_id:ann', 'email:ann@x.org', 'anonymous_id:a');
    proved(2, 'email:ann@x.org', 'anonymous_id:b');
    expect(who()).toEqual(['anonymous_id:a anonymous_id:b email:ann@x.org user_id:ann']);
  });

  it('keeps two users apart who share an address, a phone or a device, and says why', () => {
    const { proved, result, who } = world();
    proved(1, 'user_id:ann', 'email:home@x.org', 'phone:+14155552671', 'anonymous_id:tablet');
    proved(2, 'user_id:bob', 'email:home@x.org', 'phone:+14155552671', 'anonymous_id:tablet');
    expect(who()).toEqual([
      'anonymous_id:tablet email:home@x.org phone:+14155552671 user_id:ann',
      'anonymous_id:tablet@2',
      'user_id:bob',
    ]);
    expect(
      result()
        .dropped.map(({ b, reason }) => `${b} ${reason}`)
        .sort(),
    ).toEqual(['anonymous_id:tablet weak', 'email:home@x.org limit', 'phone:+14155552671 weak']);
  });

  it('never joins two known people by a phone', () => {
    const { proved, who } = world();
    proved(1, 'user_id:ann', 'phone:+14155552671');
    proved(2, 'loyalty_id:L1', 'phone:+14155552671');
    expect(who()).toEqual(['loyalty_id:L1', 'phone:+14155552671 user_id:ann']);
  });

  it('drops the latest of too many', () => {
    const { proved, who } = world();
    for (const at of [7, 3, 5, 1, 9, 4]) proved(at, 'user_id:ann', `email:a${at}@x.org`);
    expect(who()).toEqual([
      'email:a1@x.org email:a3@x.org email:a4@x.org email:a5@x.org email:a7@x.org user_id:ann',
      'email:a9@x.org',
    ]);
  });

  it('gives what was anonymous on a device to who signed in first, whenever that is heard of', () => {
    const { claimed, proved, who } = world();
    claimed(1, 'anonymous_id:a');
    proved(20, 'user_id:bob', 'anonymous_id:a');
    proved(10, 'user_id:ann', 'anonymous_id:a');
    expect(who()).toEqual(['anonymous_id:a user_id:ann', 'anonymous_id:a@20', 'user_id:bob']);
  });

  it('starts a new anonymous profile when somebody signs out', () => {
    const { proved, signOut, who } = world();
    proved(1, 'user_id:ann', 'anonymous_id:a');
    signOut(5, 'user_id:ann', 'anonymous_id:a');
    proved(9, 'user_id:ann', 'anonymous_id:a');
    expect(who()).toEqual(['anonymous_id:a user_id:ann', 'anonymous_id:a@6']);
  });

  it('lets a shared address link nobody from the moment it was shared', () => {
    const { proved, result } = world();
    for (let user = 1; user <= 9; user += 1) proved(user, `user_id:u${user}`, 'email:info@x.org');
    proved(10, 'email:info@x.org', 'anonymous_id:late');
    const { sharing, clusters, dropped } = result();
    expect(sharing.get('email:info@x.org')).toBe(6);
    expect(clusters).toContainEqual(['email:info@x.org', 'user_id:u1']);
    expect(clusters).toContainEqual(['anonymous_id:late']);
    expect(dropped.filter(({ reason }) => reason === 'shared')).toHaveLength(4);
  });

  it('lets nobody make a stranger’s address shared by claims', () => {
    const { proved, claimed, result } = world();
    proved(1, 'user_id:ann', 'email:ann@x.org');
    for (let thief = 0; thief < 50; thief += 1)
      claimed(thief, `anonymous_id:t${thief}`, `user_id:t${thief}`, 'email:ann@x.org');
    expect(result().sharing.size).toBe(0);
  });

  it('holds a claim with its first claimant until it is proved', () => {
    const { claimed, proved, who } = world();
    claimed(2, 'anonymous_id:b', 'user_id:ann');
    claimed(1, 'anonymous_id:a', 'user_id:ann', 'email:ann@x.org');
    expect(who()).toEqual(['anonymous_id:a email:ann@x.org user_id:ann', 'anonymous_id:b']);
    proved(3, 'user_id:ann');
    expect(who()).toEqual(['anonymous_id:a email:ann@x.org', 'anonymous_id:b', 'user_id:ann']);
    proved(4, 'user_id:ann', 'anonymous_id:b');
    expect(who()).toEqual(['anonymous_id:a email:ann@x.org', 'anonymous_id:b user_id:ann']);
  });

  it('keeps those apart who merely claim to be several people on one device', () => {
    const { claimed, who } = world();
    for (let user = 1; user <= 4; user += 1) claimed(user, 'anonymous_id:tablet', `user_id:u${user}`);
    expect(who()).toEqual([
      'anonymous_id:tablet user_id:u1',
      'anonymous_id:tablet@2',
      'user_id:u2',
      'user_id:u3',
      'user_id:u4',
    ]);
  });

  it('joins two users on the explicit word of an alias call, once the former one is seen', () => {
    const { proved, alias, who } = world();
    alias(1, 'old', 'user_id:new');
    expect(who()).toEqual(['user_id:new']);
    proved(2, 'user_id:old');
    expect(who()).toEqual(['user_id:new user_id:old']);
  });

  it('follows the latest word of a person above all else', () => {
    const { proved, say, who } = world();
    proved(1, 'user_id:ann', 'email:ann@x.org');
    proved(1, 'user_id:bob');
    say('different', 'user_id:ann', 'email:ann@x.org', 1);
    expect(who()).toEqual(['email:ann@x.org', 'user_id:ann', 'user_id:bob']);
    say('same', 'user_id:ann', 'user_id:bob', 2);
    expect(who()).toEqual(['email:ann@x.org', 'user_id:ann user_id:bob']);
    say('different', 'user_id:bob', 'user_id:ann', 3);
    say('same', 'email:ann@x.org', 'user_id:bob', 4);
    expect(who()).toEqual(['email:ann@x.org user_id:bob', 'user_id:ann']);
  });
});
