import {
  AckPolicy,
  DeliverPolicy,
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { durableOf, PREFIX, STREAM, subjectOf } from './subjects.js';

/** How long the server knows message ids. It only saves work: the inbox knows them for longer. */
const DUPLICATE_WINDOW_MS = 120_000;
/** Pulls that may wait at one consumer: one for each process. */
const MAX_WAITING = 512;

export interface Topology {
  /** On how many servers the stream is kept. */
  replicas: number;
  /** A message that is neither settled nor extended this long is delivered again. */
  ackWaitMs: number;
  /** Messages of one type that all processes together may hold. */
  maxAckPending: number;
}

/** Makes stream and consumers what they should be. Doing it again, or in several processes at once, is harmless. */
export async function declareTopology(
  connection: NatsConnection,
  types: readonly string[],
  topology: Topology,
): Promise<void> {
  const manager = await jetstreamManager(connection);
  await declareStream(manager, topology.replicas);
  for (const type of types) await declareConsumer(manager, type, topology);
}

async function declareStream(manager: JetStreamManager, replicas: number): Promise<void> {
  const wanted = {
    subjects: [`${PREFIX}>`],
    num_replicas: replicas,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  } satisfies Partial<StreamConfig>;
  const found = await unlessMissing(manager.streams.info(STREAM), JetStreamApiCodes.StreamNotFound);
  if (!found) {
    const fixed = { name: STREAM, retention: RetentionPolicy.Workqueue, storage: StorageType.File };
    await manager.streams.add({ ...fixed, ...wanted });
  } else if (differs(found.config, wanted)) await manager.streams.update(STREAM, wanted);
}

async function declareConsumer(manager: JetStreamManager, type: string, topology: Topology): Promise<void> {
  const durable = durableOf(type);
  const wanted = {
    ack_wait: nanos(topology.ackWaitMs),
    max_ack_pending: topology.maxAckPending,
    // Tries are counted by us: the server would drop the message without a word.
    max_deliver: -1,
  } satisfies Partial<ConsumerConfig>;
  const found = await unlessMissing(
    manager.consumers.info(STREAM, durable),
    JetStreamApiCodes.ConsumerNotFound,
  );
  if (!found) {
    await manager.consumers.add(STREAM, {
      durable_name: durable,
      filter_subject: subjectOf(type),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      max_waiting: MAX_WAITING,
      ...wanted,
    });
  } else if (differs(found.config, wanted)) await manager.consumers.update(STREAM, durable, wanted);
}

async function unlessMissing<T>(asked: Promise<T>, code: number): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === code) return undefined;
    throw error;
  }
}

function differs<T extends object>(found: T, wanted: Partial<T>): boolean {
  return Object.entries(wanted).some(
    ([key, value]) => JSON.stringify(found[key as keyof T]) !== JSON.stringify(value),
  );
}
