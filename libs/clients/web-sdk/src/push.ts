import type { HubClient } from './hub-client.js';
import type { Session } from './session.js';

const PATH = '/v1/web/push-subscriptions';

/** Subscribes this browser with its push service, and tells the hub (Push API, W3C). */
export async function subscribePush(
  registration: ServiceWorkerRegistration,
  session: Session,
  hub: HubClient,
): Promise<void> {
  const { publicKey } = await session.with((authorization) =>
    hub.get<{ publicKey: string }>('/v1/web/push-key', authorization),
  );
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await session.with((authorization) => hub.post({ path: PATH, body: subscription.toJSON(), authorization }));
}
