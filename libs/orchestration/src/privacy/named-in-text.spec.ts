import { keyOf } from '@repartee/identity/domain';
import { identifiersNamedIn } from './named-in-text.js';

const keys = (text: string) => identifiersNamedIn(text).map(keyOf);

describe('who is named in a text that was refused', () => {
  it('is found in an event that breaks its schema', () => {
    const crm = { id: 'c-17', type: 'crm_id' };
    const text = JSON.stringify({ userId: 'ann "a"', context: { externalIds: [crm] }, traits: 7 });
    expect(keys(text)).toEqual(expect.arrayContaining(['user_id:ann "a"', 'crm_id:c-17']));
  });

  it('is found wherever an address or a number stands, however it is written', () => {
    const text = '{"type":"nothing","x":{"deep":["Ann@Example.ORG"," +1 (415) 555-2671 "]},"n":4711}';
    expect(keys(text)).toEqual(
      expect.arrayContaining(['email:ann@example.org', 'phone:+14155552671', 'user_id:4711']),
    );
  });

  it('is found in a row of a file, and in what is no JSON at all', () => {
    expect(keys('17;Ann;ann@example.org;"4711"')).toEqual(
      expect.arrayContaining(['email:ann@example.org', 'user_id:4711', 'anonymous_id:17']),
    );
    expect(keys('{"userId":"ann", broken')).toContain('user_id:ann');
  });

  it('is nobody in a text without values', () => {
    expect(keys('{}')).toEqual([]);
    expect(keys('')).toEqual([]);
  });
});
