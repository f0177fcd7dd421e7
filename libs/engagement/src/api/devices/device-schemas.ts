import { z } from 'zod';
import type { Device } from '../../persistence/devices/device-store.js';

/** A zone of a kiosk, as the catalogue names it. */
const zone = z.string().regex(/^kiosk\.[a-z0-9][a-z0-9._-]{0,92}$/, 'must be kiosk.<name>');
const secondsToTheEnd = 'Seconds after which a visit that nobody touches ends';

export const pairingSchema = z.object({
  code: z.string().describe('Shown on the screen; an administrator types it'),
  pollToken: z.string().describe('Secret; fetches the credential'),
  expiresAt: z.string(),
  pollSeconds: z.int().describe('Seconds to wait between two polls'),
});

export const codeSchema = z.object({ code: z.string().max(20) });
export const deviceIdSchema = z.object({ id: z.uuid() });
export const deviceListSchema = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What an administrator says of a device when letting it in. */
export const approvalSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  place: z.string().trim().min(1).max(200).describe('Where it stands'),
  zones: z.array(zone).min(1).max(50),
  source: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("Whose visitors it serves; the key's own unless told"),
  idleSeconds: z.int().min(30).max(3600).default(120).describe(secondsToTheEnd),
});
export type Approval = z.output<typeof approvalSchema>;

/** What a kiosk says of itself. */
export const healthSchema = z.strictObject({
  version: z.string().max(40).describe('Of the page'),
  waiting: z.int().min(0).describe('Events that were not sent yet'),
  oldestWaitingAt: z.iso.datetime().nullable().describe('When the oldest of them happened'),
  offlineSeconds: z.int().min(0).describe('How long it was without the hub just before'),
});

export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  zones: z.array(z.string()),
  source: z.string(),
  idleSeconds: z.int().describe(secondsToTheEnd),
  approvedBy: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
  health: healthSchema.extend({ at: z.string() }).nullable().describe('What it last said of itself'),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable().describe('A key, or `reuse` when a replaced credential was shown again'),
});
/** What a device wants to know of itself. */
export const ownDeviceSchema = deviceSchema.extend({
  phoneCodes: z.boolean().describe('Whether visitors can prove their number by a code'),
});
export const devicePageSchema = z.object({ items: z.array(deviceSchema), nextCursor: z.string().nullable() });

export const pollSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pending') }),
  z.object({
    status: z.literal('approved'),
    device: deviceSchema,
    credential: z.string().describe('The one time it is shown'),
  }),
]);
export const rotatedSchema = z.object({
  credential: z.string().describe('The one time it is shown; its first use ends the old one'),
});

export function deviceView(device: Device): z.output<typeof deviceSchema> {
  return {
    ...device,
    createdAt: device.createdAt.toISOString(),
    lastSeenAt: device.lastSeenAt?.toISOString() ?? null,
    revokedAt: device.revokedAt?.toISOString() ?? null,
  };
}
