import { createHash } from 'node:crypto';
import type { User } from '../catalogue/product.js';

/** The demo account of an e-mail address: the same address is always the same customer. */
export function accountOf(email: string): User {
  const address = email.trim().toLowerCase();
  const id = createHash('sha256').update(address).digest('hex').slice(0, 16);
  return { id: `customer-${id}`, email: address, name: nameOf(address) };
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
