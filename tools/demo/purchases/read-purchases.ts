import { centsOf } from './cents.js';
import type { Purchase } from './purchase.js';

/** A file that is not what it should be; says which line. */
export class UnreadableFile extends Error {}

/**
 * Reads a file in CDNOW's form: a header, then lines of `customer_id date(yyyymmdd) number_of_cds dollar_value`
 * between blanks. Lines that are equal are separate purchases.
 */
export function readPurchases(text: string): Purchase[] {
  const purchases: Purchase[] = [];
  text.split(/\r?\n/).forEach((content, index) => {
    if (index > 0 && content.trim() !== '') purchases.push(readLine(content, index + 1));
  });
  if (purchases.length === 0) throw new UnreadableFile('The file holds no purchases.');
  return purchases;
}

function readLine(content: string, line: number): Purchase {
  const [customer = '', date = '', units = '', value = '', ...rest] = content.trim().split(/\s+/);
  const at = midnight(date);
  const cents = centsOf(value);
  const readable = /^[\w-]{1,64}$/.test(customer) && /^\d{1,6}$/.test(units) && rest.length === 0;
  if (!readable || at === undefined || cents === undefined) {
    throw new UnreadableFile(
      `Line ${line} is not "customer_id yyyymmdd number_of_cds dollar_value": ${content.trim().slice(0, 80)}`,
    );
  }
  return { line, customer, at, units: Number(units), cents };
}

function midnight(date: string): number | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  const real = !Number.isNaN(at) && new Date(at).getUTCDate() === Number(day);
  return real ? at : undefined;
}
