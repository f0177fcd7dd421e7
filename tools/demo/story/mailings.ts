import { type Dataset, type ExpectedRecord, userIdOf } from '../purchases/dataset.js';
import { type Hub, HubError, type Page } from '../system/hub.js';

/** A message that the reaction sent, as the ledger has it. */
export interface Mailing {
  id: string;
  customer: string;
  status: string;
  reason: string | null;
  offer: string | null;
}

type DeliveryAnswer = Omit<Mailing, 'customer'> & { origin: string };

const ORIGIN = 'reaction:lifetime-value';
/** Statuses that may still change by themselves. */
const OPEN = ['planned', 'sending'];

/** More than this, in cents, makes a regular: the condition of the reaction in `loyalty.yaml`. */
export const REGULAR_ABOVE = 50_000;

export const regularsOf = (expected: readonly ExpectedRecord[]) =>
  expected.filter(({ cents }) => cents > REGULAR_ABOVE);

export const isSettled = ({ status }: Mailing) => !OPEN.includes(status);

/** The messages that the reaction has sent to a customer, newest first. */
export async function mailingsTo(hub: Hub, dataset: Dataset, customer: string): Promise<Mailing[]> {
  try {
    const profile = encodeURIComponent(`user_id:${userIdOf(dataset, customer)}`);
    const { items } = await hub.get<Page<DeliveryAnswer>>(`/v1/deliveries?profile=${profile}`);
    return items
      .filter(({ origin }) => origin === ORIGIN)
      .map(({ id, status, reason, offer }) => ({ id, customer, status, reason, offer }));
  } catch (error) {
    if (error instanceof HubError && error.status === 404) return [];
    throw error;
  }
}
