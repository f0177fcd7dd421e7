import { currentDialogue } from './current-dialogue.js';

describe('currentDialogue', () => {
  const now = Date.UTC(2026, 0, 31);
  const days = (count: number) => now - count * 86_400_000;

  it('goes on for thirty days', () => {
    expect(currentDialogue({ id: 'd', at: days(29) }, now)).toBe('d');
    expect(currentDialogue({ id: 'd', at: days(30) }, now)).toBeUndefined();
    expect(currentDialogue(undefined, now)).toBeUndefined();
  });
});
