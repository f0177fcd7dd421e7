import '@repartee/ui/stream-worker';
