import { failureOfHttp } from './index.js';

function answer(status: number, headers: Record<string, string> = {}) {
  return failureOfHttp('PAGER', new Response(null, { status, headers }), 'no');
}

describe('an answer of HTTP that is no success', () => {
  it.each([
    [429, {}, { status: 'rejected', code: 'PAGER.THROTTLED', retryable: true }],
    [429, { 'retry-after': '7' }, { retryable: true, retryAfter: 7 }],
    [503, { 'retry-after': '0' }, { status: 'rejected', retryable: true, retryAfter: 0 }],
    [
      429,
      { 'retry-after': 'Wed, 02 Jan 2030 00:01:00 GMT', date: 'Wed, 02 Jan 2030 00:00:00 GMT' },
      { retryAfter: 60 },
    ],
    [401, {}, { status: 'rejected', code: 'PAGER.UNAUTHORIZED', retryable: true }],
    [400, {}, { status: 'rejected', code: 'PAGER.REFUSED', retryable: false, detail: '400 no' }],
    [500, {}, { status: 'unknown', detail: '500 no' }],
    [503, {}, { status: 'unknown' }],
    [503, { 'retry-after': 'soon' }, { status: 'unknown' }],
    [408, {}, { status: 'unknown' }],
    [302, {}, { status: 'unknown' }],
  ])('%i with %p', (status, headers, outcome) => {
    expect(answer(status, headers)).toMatchObject(outcome);
  });
});
