import { z } from 'zod';

/** Where the value of a setting comes from. `none`: there is none, and it can do without. */
export const settingSourceSchema = z.enum(['stored', 'environment', 'default', 'none']);
export type SettingSource = z.output<typeof settingSourceSchema>;

/** What is shown in the place of a secret; written back, it keeps the secret. */
export const SECRET_MASK = '********';

/** The settings of a connector as they may be shown. */
export const connectorSettingsSchema = z.object({
  values: z
    .record(z.string(), z.unknown())
    .describe(`By setting; secrets as ${SECRET_MASK}, those without a value are left out`),
  sources: z.record(z.string(), settingSourceSchema),
  version: z.int().describe('Of what is stored; 0 where nothing ever was'),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
  problem: z.string().optional().describe('Why what is stored is not in force'),
});
export type ConnectorSettingsView = z.output<typeof connectorSettingsSchema>;

/** What a provider said to settings. */
export const settingsCheckSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('passed') }),
  z.object({ status: z.literal('failed'), detail: z.string() }),
]);
export type SettingsCheck = z.output<typeof settingsCheckSchema>;

/** Somebody stores settings. */
export interface SettingsWish<Transaction> {
  /** All that is to be stored; what is not named comes from the environment, or the default. */
  values: Readonly<Record<string, unknown>>;
  /** The version the caller has seen. */
  version: number;
  by: string;
  /** Stores them even where the provider does not take them. */
  force: boolean;
  /** More to write in the same transaction, given the names of the settings that are stored now. */
  alongside: (tx: Transaction, names: readonly string[]) => Promise<void>;
}
