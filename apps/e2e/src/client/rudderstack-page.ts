import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';

/** A page of a site that uses RudderStack's browser SDK; the test drives it by `analytics`. */
const settings = new URLSearchParams(location.search);
const hub = settings.get('hub') ?? '';
const analytics = new RudderAnalytics();

analytics.load(settings.get('writeKey') ?? '', hub, { configUrl: hub });
Object.assign(globalThis, { analytics });
