import '@repartee/web/stream-worker';
