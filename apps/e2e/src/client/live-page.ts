import { createRepartee } from '@repartee/web';

/** A page of a site that uses the web SDK as its guide says; the test drives it by `repartee`. */
const settings = new URLSearchParams(location.search);

interface TrustedTypes {
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
}

/** Under Trusted Types a site vouches for its own worker. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('site', { createScriptURL: (same: string) => same });
  return policy?.createScriptURL(url) ?? url;
}

const repartee = createRepartee({
  host: settings.get('hub') ?? '',
  writeKey: settings.get('writeKey') ?? '',
  live: true,
  spa: true,
  ...(settings.has('worker') && { worker: () => new SharedWorker(trusted('/worker.js')) }),
  ...(settings.has('consent') && { consent: { needs: 'analytics' } }),
});
repartee.page();
repartee.zones({ patience: 10_000 });

Object.assign(globalThis, { repartee });
