import { en } from './en.js';
import { formatsOf } from './formats.js';
import { LOCALES, localeAmong, phraseText } from './locale.js';
import { ru } from './ru.js';
import { th } from './th.js';

describe('languages', () => {
  it('takes the first one that it speaks, English else', () => {
    expect(localeAmong(['', 'de-CH', 'ru-RU', 'en'])).toBe('ru');
    expect(localeAmong(['TH'])).toBe('th');
    expect(localeAmong([])).toBe('en');
  });

  it('puts values into phrases and leaves visible what is missing', () => {
    expect(phraseText('en', 'Hello {name}, {what}', { name: 'Ann' })).toBe('Hello Ann, {what}');
    expect(phraseText('ru', '{count}', { count: 1234.5 })).toBe('1\u00a0234,5');
  });

  it('chooses the plural of the language', () => {
    const calls = { one: '{count} звонок', few: '{count} звонка', many: '{count} звонков', other: '-' };
    expect([1, 3, 11, 21].map((count) => phraseText('ru', calls, { count }))).toEqual([
      '1 звонок',
      '3 звонка',
      '11 звонков',
      '21 звонок',
    ]);
    expect(phraseText('th', { one: 'x', other: '{count} สาย' }, { count: 1 })).toBe('1 สาย');
  });

  it('has a word of its own for everything', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(new Set([en[key], th[key], ru[key]]).size).toBe(LOCALES.length);
  });

  it('writes money, shares and time as each language does', () => {
    const now = Date.UTC(2026, 4, 1);
    expect(formatsOf('en').money(12.5, 'EUR')).toBe('€12.50');
    expect(formatsOf('ru').percent(0.125)).toBe('12,5\u00a0%');
    expect(formatsOf('en').ago(now - 3 * 60_000, now)).toBe('3 minutes ago');
    expect(formatsOf('en').ago(now + 2 * 86_400_000, now)).toBe('in 2 days');
    expect(formatsOf('th').day(now)).toContain('2026');
  });
});
