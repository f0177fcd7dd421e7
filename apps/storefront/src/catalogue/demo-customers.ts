import type { DemoCustomer } from './product.js';

/** Customers that the demonstration begins with. Two share a number, as families do. Numbers are of those kept for fiction. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    id: 'customer-ann',
    email: 'ann@fieldnote.example',
    name: 'Ann Lee',
    phone: '+12065550142',
    about: 'ann',
  },
  {
    id: 'customer-carl',
    email: 'carl@fieldnote.example',
    name: 'Carl Berg',
    phone: '+12065550170',
    about: 'shared',
  },
  {
    id: 'customer-dora',
    email: 'dora@fieldnote.example',
    name: 'Dora Berg',
    phone: '+12065550170',
    about: 'shared',
  },
  {
    id: 'customer-mali',
    email: 'mali@fieldnote.example',
    name: 'Mali Suksan',
    phone: '+12065550186',
    about: 'neighbour',
  },
];
