import { createHash } from 'node:crypto';
import { demoCustomers } from '../catalogue/demo-customers.js';
import type { User } from '../catalogue/product.js';

const AREAS = [
  202, 206, 212, 213, 214, 215, 216, 303, 305, 312, 313, 314, 404, 408, 412, 414, 415, 502, 503, 504, 512,
  513, 602, 612, 615, 617, 619, 702, 703, 713, 714, 718, 801, 808, 813, 816, 901, 907, 913, 916,
];

/** The demo account of an e-mail address: the same address is always the same customer. */
export function accountOf(email: string): User {
  const address = email.trim().toLowerCase();
  const known = demoCustomers.find((customer) => customer.email === address);
  if (known) return { id: known.id, email: address, name: known.name, phone: known.phone };
  const hash = createHash('sha256').update(address).digest();
  const id = hash.toString('hex').slice(0, 16);
  return { id: `customer-${id}`, email: address, name: nameOf(address), phone: phoneOf(hash) };
}

/** A number that is kept for fiction: 555-0100 to 555-0199 in some area of the United States. */
function phoneOf(hash: Buffer): string {
  const area = AREAS[hash.readUInt16BE(20) % AREAS.length];
  const line = String(hash.readUInt16BE(22) % 100).padStart(2, '0');
  return `+1${area}55501${line}`;
}

function nameOf(address: string): string {
  const words = address
    .slice(0, address.lastIndexOf('@'))
    .replace(/\+.*$/, '')
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
    .slice(0, 3);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return name.slice(0, 80) || 'Guest';
}
