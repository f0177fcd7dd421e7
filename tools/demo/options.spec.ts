import { readOptions, UsageError } from './options.js';

describe('the command line', () => {
  it('asks for a small twin on the system of this computer by default', () =>
    expect(readOptions([], {})).toEqual({
      customers: 500,
      seed: 1,
      url: 'http://localhost:4000',
      urlGiven: false,
    }));

  it('takes a file, a size, a seed and an address', () => {
    const args = ['--data', 'a.txt', '--customers', '7', '--seed=9', '--url', 'https://hub.example/'];
    expect(readOptions(args, { PORT: '5000' })).toEqual({
      data: 'a.txt',
      customers: 7,
      seed: 9,
      url: 'https://hub.example',
      urlGiven: true,
    });
  });

  it('follows PORT', () =>
    expect(readOptions([], { PORT: '5000' })).toMatchObject({ url: 'http://localhost:5000' }));

  it('helps', () => expect(readOptions(['--help'], {})).toBe('help'));

  it.each([
    ['--customers', '0'],
    ['--customers', '1e3'],
    ['--seed', '-1'],
    ['--url', 'hub'],
    ['--dat', 'x'],
    ['x'],
  ])('refuses %s %s', (...args) => expect(() => readOptions(args, {})).toThrow(UsageError));
});
