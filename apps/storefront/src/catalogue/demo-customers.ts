import type { DemoCustomer } from './product.js';

function baker(first: string): DemoCustomer {
  const key = first.toLowerCase();
  const email = `${key}@fieldnote.example`;
  return { id: `customer-${key}`, email, name: `${first} Berg`, phone: '+12065550170', about: 'shared' };
}

/** Customers that the demonstration begins with. A bakery's six share one: more than five, and a number says nobody's name any more. Numbers are of those kept for fiction. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    id: 'customer-ann',
    email: 'ann@fieldnote.example',
    name: 'Ann Lee',
    phone: '+12065550142',
    about: 'ann',
  },
  ...['Carl', 'Dora', 'Emil', 'Frida', 'Gus', 'Hedda'].map(baker),
  {
    id: 'customer-mali',
    email: 'mali@fieldnote.example',
    name: 'Mali Suksan',
    phone: '+12065550186',
    about: 'neighbour',
  },
];
