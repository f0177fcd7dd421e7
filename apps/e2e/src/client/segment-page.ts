import { AnalyticsBrowser } from '@segment/analytics-next';

/** A page of a site that uses Segment's browser SDK; the test drives it by `analytics`. */
const settings = new URLSearchParams(location.search);
const writeKey = settings.get('writeKey') ?? '';

Object.assign(globalThis, {
  analytics: AnalyticsBrowser.load({ writeKey, cdnURL: settings.get('hub') ?? '' }),
});
