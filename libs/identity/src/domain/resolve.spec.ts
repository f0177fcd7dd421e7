import fc from 'fast-check';
import { type Identifier, keyOf } from './identifier.js';
import { IdentityGraph } from './identity-graph.js';
import { type IdentityEvent, resolve } from './resolve.js';

const id = (text: string): Identifier => {
  const [namespace = '', value = ''] = text.split(':');
  return { namespace, value };
};

/** A graph and a short way to send it events. */
function world() {
  const graph = new IdentityGraph([]);
  let made = 0;
  let events = 0;
  const send = (verified: boolean, identifiers: string[], alias?: string) => {
    events += 1;
    const event: IdentityEvent = { id: `e${events}`, at: events, verified, identifiers: identifiers.map(id) };
    if (alias) event.alias = id(alias);
    return resolve(event, graph, () => `p${(made += 1)}`);
  };
  return {
    graph,
    verified: (...identifiers: string[]) => send(true, identifiers),
    unverified: (...identifiers: string[]) => send(false, identifiers),
    alias: (from: string, to: string) => send(true, [to], from),
    owner: (text: string) => graph.owner(id(text)),
  };
}

describe('resolve', () => {
  it('gives a device a profile of its own, and finds it again', () => {
    const { unverified } = world();
    expect(unverified('anonymous_id:a')).toBe('p1');
    expect(unverified('anonymous_id:a')).toBe('p1');
    expect(unverified('anonymous_id:b')).toBe('p2');
  });

  it('makes the anonymous history hers once the log-in is proved', () => {
    const { verified, unverified, graph } = world();
    unverified('anonymous_id:a');
    const ann = verified('user_id:ann');
    expect(verified('user_id:ann', 'anonymous_id:a')).toBe(ann);
    expect(graph.changes.merges).toMatchObject([{ survivor: ann, merged: 'p1' }]);
    expect(unverified('anonymous_id:a')).toBe(ann);
  });

  it('does not let a claim reach a known person', () => {
    const { verified, unverified, owner, graph } = world();
    const ann = verified('user_id:ann', 'email:ann@example.org');
    const stranger = unverified('anonymous_id:x', 'email:ann@example.org');
    expect(stranger).not.toBe(ann);
    expect(owner('email:ann@example.org')).toMatchObject({ profileId: ann, verified: true });
    expect(graph.changes.refused).toMatchObject([{ profileId: stranger, reason: 'claimed without proof' }]);
    expect(graph.changes.merges).toEqual([]);
  });

  it('gives the person herself what someone else claimed before', () => {
    const { verified, unverified, owner } = world();
    const stranger = unverified('anonymous_id:x', 'user_id:ann');
    const ann = verified('user_id:ann');
    expect(ann).not.toBe(stranger);
    expect(owner('user_id:ann')).toMatchObject({ profileId: ann, verified: true });
    expect(unverified('anonymous_id:x')).toBe(stranger);
  });

  it('keeps two people apart who share a device or an address', () => {
    const { verified, graph } = world();
    const ann = verified('user_id:ann', 'anonymous_id:tablet', 'email:home@example.org');
    const bob = verified('user_id:bob', 'anonymous_id:tablet', 'email:home@example.org');
    expect(bob).not.toBe(ann);
    expect(graph.changes.merges).toEqual([]);
    expect(graph.changes.refused.map((link) => link.namespace).sort()).toEqual(['anonymous_id', 'email']);
  });

  it('joins two user ids on the explicit word of an alias call', () => {
    const { verified, alias, owner } = world();
    verified('user_id:old');
    const kept = verified('user_id:new');
    expect(alias('user_id:old', 'user_id:new')).toBe(kept);
    expect(owner('user_id:old')?.profileId).toBe(kept);
  });

  it('lands an event that only claims a user id on the profile that has it, and merges nothing', () => {
    const { unverified, graph } = world();
    expect(unverified('user_id:u')).toBe(unverified('user_id:u'));
    expect(graph.changes.merges).toEqual([]);
  });
});

describe('resolve, whatever comes', () => {
  const anyEvent = fc.record({
    verified: fc.boolean(),
    identifiers: fc.uniqueArray(
      fc.tuple(fc.constantFrom('user_id', 'email', 'anonymous_id'), fc.constantFrom('1', '2', '3', '4')),
      { minLength: 1, maxLength: 3, selector: ([namespace]) => namespace },
    ),
  });

  it('never gives a person two proved user ids, and never lets an unverified event merge', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const graph = new IdentityGraph([]);
        let made = 0;
        events.forEach(({ verified, identifiers }, index) => {
          const before = graph.changes.merges.length;
          const event = { id: `e${index}`, at: index, verified };
          const target = resolve(
            { ...event, identifiers: identifiers.map(([namespace, value]) => ({ namespace, value })) },
            graph,
            () => `p${String((made += 1)).padStart(3, '0')}`,
          );
          if (!verified) expect(graph.changes.merges.length).toBe(before);
          const userIds = graph
            .identifiers(target)
            .filter((held) => held.namespace === 'user_id' && held.verified);
          expect(userIds.length).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('keeps every identifier with exactly one owner that was not merged away', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const graph = new IdentityGraph([]);
        let made = 0;
        events.forEach(({ verified, identifiers }, index) => {
          const list = identifiers.map(([namespace, value]) => ({ namespace, value }));
          resolve(
            { id: `e${index}`, at: index, verified, identifiers: list },
            graph,
            () => `p${(made += 1)}`,
          );
        });
        const gone = new Set(graph.changes.merges.map((merge) => merge.merged));
        for (const change of graph.changes.owned.values()) {
          expect(gone.has(graph.owner(change)?.profileId ?? '')).toBe(false);
          expect(graph.identifiers(graph.owner(change)?.profileId ?? '').map(keyOf)).toContain(keyOf(change));
        }
      }),
    );
  });
});
