import { acceptsSdk, SDK_VERSION } from './version.js';

describe('acceptsSdk', () => {
  it.each([
    ['^1.0.0', '1.0.0', true],
    ['^1.0.0', '1.4.2', true],
    ['^1.2.3', '1.2.2', false],
    ['^1.2.3', '1.3.0', true],
    ['^1.2.3', '2.0.0', false],
    ['^2.0.0', '1.9.9', false],
    ['1.2.3', '1.2.3', true],
    ['1.2.3', '1.2.4', false],
    ['*', '1.0.0', false],
    ['>=1', '1.0.0', false],
    ['', '1.0.0', false],
  ])('%s takes %s: %s', (range, version, expected) => {
    expect(acceptsSdk(range, version)).toBe(expected);
  });

  it('checks against this SDK unless told otherwise', () => {
    expect(acceptsSdk(`^${SDK_VERSION}`)).toBe(true);
  });
});
