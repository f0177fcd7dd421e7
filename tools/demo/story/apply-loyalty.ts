import { type Hub, HubError } from '../system/hub.js';
import { parse, stringify } from 'yaml';

interface LoyaltyDocument {
  zones: { key: string }[];
}

/** Applies the demo's document. Zones that exist are left out of it: what they are is not the demo's to say. */
export async function applyLoyalty(hub: Hub, text: string): Promise<void> {
  const document = parse(text) as LoyaltyDocument;
  const missing = [];
  for (const zone of document.zones) if (!(await exists(hub, zone.key))) missing.push(zone);
  await hub.post('/v1/apply', stringify({ ...document, zones: missing }));
}

async function exists(hub: Hub, zone: string): Promise<boolean> {
  try {
    await hub.get(`/v1/zones/${zone}`);
    return true;
  } catch (error) {
    if (error instanceof HubError && error.status === 404) return false;
    throw error;
  }
}
