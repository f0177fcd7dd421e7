import { CreateDelivery1790000000900 } from './create-delivery.migration.js';
import { AddressedDeliveries1790000000970 } from './addressed-deliveries.migration.js';
import { CreateFacts1790000000930 } from './facts/create-facts.migration.js';
import { Waits1790000000960 } from './waits.migration.js';
import { Dispatch1790000000910 } from './dispatch.migration.js';

export const deliveryMigrations = [
  CreateDelivery1790000000900,
  Dispatch1790000000910,
  CreateFacts1790000000930,
  Waits1790000000960,
  AddressedDeliveries1790000000970,
];
