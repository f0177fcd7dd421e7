import { dateReader } from './dates.js';

const read = (format: string, text: string, timeZone = 'UTC') => {
  const reader = dateReader(format, timeZone);
  if (!reader.ok) throw new Error(reader.failure);
  const date = reader.value(text);
  return date && (date.day ?? new Date(date.at).toISOString());
};

describe('dates', () => {
  it.each([
    ['iso', '2026-01-31', '2026-01-31'],
    ['iso', '2026-01-31T10:00Z', '2026-01-31T10:00:00.000Z'],
    ['iso', '2026-01-31 10:00:05.25+02:00', '2026-01-31T08:00:05.250Z'],
    ['dd.MM.yyyy', '31.01.2026', '2026-01-31'],
    ['d.M.yy', '1.2.85', '1985-02-01'],
    ['d.M.yy', '1.2.05', '2005-02-01'],
    ['MM/dd/yyyy hh:mm a', '01/31/2026 12:05 AM', '2026-01-31T00:05:00.000Z'],
    ['MM/dd/yyyy hh:mm a', '01/31/2026 12:05 p.m.', '2026-01-31T12:05:00.000Z'],
    ['yyyyMMdd', '20260131', '2026-01-31'],
    ['unix', '1769853600', '2026-01-31T10:00:00.000Z'],
    ['unixms', '1769853600000', '2026-01-31T10:00:00.000Z'],
  ])('as %s: %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  it.each([
    ['iso', '2026-02-30'],
    ['iso', '31.01.2026'],
    ['iso', '2026-01-31T25:00'],
    ['dd.MM.yyyy', '1.1.2026'],
    ['dd.MM.yyyy', '31.01.0026'],
    ['unix', 'now'],
    ['MM/dd/yyyy hh:mm a', '01/31/2026 13:05 PM'],
  ])('not as %s: %s', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  it('knows summer from winter', () => {
    expect(read('dd.MM.yyyy HH:mm', '15.01.2026 12:00', 'Europe/Berlin')).toBe('2026-01-15T11:00:00.000Z');
    expect(read('dd.MM.yyyy HH:mm', '15.07.2026 12:00', 'Europe/Berlin')).toBe('2026-07-15T10:00:00.000Z');
    expect(read('iso', '2026-07-15T12:00Z', 'Europe/Berlin')).toBe('2026-07-15T12:00:00.000Z');
  });

  it.each(['MM.yyyy', 'dd.MM.yyyy Q', 'dd.dd.yyyy', 'MM-dd'])('has no format %s', (format) => {
    expect(dateReader(format, 'UTC').ok).toBe(false);
  });
});
