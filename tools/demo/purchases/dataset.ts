import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Purchase } from './purchase.js';
import { readPurchases, UnreadableFile } from './read-purchases.js';
import { generateTwin } from './twin.js';

/** Purchases, and the name under which their customers and orders are known: two data sets never mix. */
export interface Dataset {
  /** Begins every user id, message id and order id: `cdnow`, `twin-1`. */
  key: string;
  title: string;
  purchases: Purchase[];
}

/** What a customer's golden record must say. */
export interface ExpectedRecord {
  customer: string;
  orders: number;
  cents: number;
}

export const PUBLIC_SOURCE =
  'https://github.com/CamDavidsonPilon/lifetimes (lifetimes/datasets/CDNOW_master.txt; MIT, data by Fader and Hardie)';

export const userIdOf = (dataset: Dataset, customer: string) => `${dataset.key}-${customer}`;
export const emailOf = (dataset: Dataset, customer: string) => `customer-${customer}@${dataset.key}.example`;

/** Adds up the purchases of each customer, in the order in which they first appear. */
export function expectedRecords(purchases: readonly Purchase[]): ExpectedRecord[] {
  const records = new Map<string, ExpectedRecord>();
  for (const { customer, cents } of purchases) {
    const record = records.get(customer) ?? { customer, orders: 0, cents: 0 };
    record.orders += 1;
    record.cents += cents;
    records.set(customer, record);
  }
  return [...records.values()];
}

/** The twin of the file, generated. */
export function twin(options: { customers: number; seed: number }): Dataset {
  return {
    key: `twin-${options.seed}`,
    title: `A generated twin of the CDNOW file (seed ${options.seed})`,
    purchases: readPurchases(generateTwin(options)),
  };
}

/**
 * The CDNOW file, or any part of it from the top.
 * @param folders where a relative path may begin, in order
 * @returns undefined when there is no such file
 */
export async function cdnow(path: string, folders: readonly string[]): Promise<Dataset | undefined> {
  for (const file of new Set(folders.map((folder) => resolve(folder, path)))) {
    const text = await readText(file);
    if (text !== undefined) return { key: 'cdnow', title: `CDNOW (${file})`, purchases: readPurchases(text) };
  }
  return undefined;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UnreadableFile(`${path} cannot be read (${code ?? String(error)}).`);
  }
}
