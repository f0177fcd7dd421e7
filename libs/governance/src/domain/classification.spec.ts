import { Classification, withoutClasses } from './classification.js';

describe('Classification', () => {
  const shipped = new Classification();

  it.each([
    [['traits', 'email'], 'contact'],
    [['traits', 'first_name'], 'identifier'],
    [['context', 'traits', 'Phone Number'], 'contact'],
    [['traits', 'address', 'line2'], 'contact'],
    [['traits', 'birthday'], 'sensitive'],
    [['context', 'ip'], 'contact'],
    [['properties', 'total'], 'behavioural'],
    [['messageId'], 'none'],
  ] as const)('%j is %s', (path, held) => {
    expect(shipped.classOf(path)).toBe(held);
  });

  it('lets an installation say otherwise, for a path or for a name everywhere', () => {
    const own = new Classification({ fields: { 'traits.shoe_size': 'sensitive', title: 'none' } });
    expect(own.classOf(['traits', 'shoe_size'])).toBe('sensitive');
    expect(own.classOf(['properties', 'shoe_size'])).toBe('behavioural');
    expect(own.classOf(['context', 'page', 'title'])).toBe('none');
    expect(own.byName).toMatchObject({ title: 'none', email: 'contact' });
  });
});

it('masks what is of a class, and nothing else', () => {
  const event = {
    userId: 'u1',
    traits: {
      email: 'a@b.c',
      address: { city: 'Bonn', lines: ['x', 'y'] },
      tier: 'gold',
      age: 40,
      phone: null,
    },
  };
  expect(withoutClasses(event, new Set(['contact', 'sensitive']), new Classification())).toEqual({
    userId: 'u1',
    traits: {
      email: '•••',
      address: { city: '•••', lines: ['•••', '•••'] },
      tier: 'gold',
      age: '•••',
      phone: null,
    },
  });
});
