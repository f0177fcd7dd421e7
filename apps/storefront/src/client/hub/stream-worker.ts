/** Holds the one stream that all pages of the shop share in a browser. */
import '@repartee/web/stream-worker';
