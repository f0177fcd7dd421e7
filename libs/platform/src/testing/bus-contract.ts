import { BusSubject, type CreateBus } from './bus-contract/bus-subject.js';
import { describeFailure } from './bus-contract/failure.js';
import { describeOnce } from './bus-contract/once.js';
import { describePublishing } from './bus-contract/publishing.js';
import { describeWorkers } from './bus-contract/workers.js';

export {
  cutConnections,
  BusSubject,
  pause,
  until,
  type BusHandler,
  type BusUnderTest,
  type BusWorker,
  type CreateBus,
} from './bus-contract/bus-subject.js';

/** What every implementation of the bus must do. `createBus` is called for every test. */
export function describeBus(name: string, createBus: CreateBus): void {
  // Ten thousand messages, and machines that do other things at the same time.
  jest.setTimeout(60_000);

  describe(`${name} keeps the contract of the bus`, () => {
    const subject = new BusSubject(createBus);

    beforeEach(() => subject.create());
    afterEach(() => subject.close());

    describePublishing(subject);
    describeFailure(subject);
    describeWorkers(subject);
    describeOnce(subject);
  });
}
