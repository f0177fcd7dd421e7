import { setTimeout as sleep } from 'node:timers/promises';
import { latencyOf, type Latency } from '../figures.js';
import { Connection, request } from './connection.js';
import { decision, get, identifyEvent, post, trackEvent, type RequestSettings } from './requests.js';

/** The trait that a probe sets, and the offer and zone that wait for it. */
export const PROBE = { trait: 'bench_probe', offer: 'bench-probe', zone: 'bench.probe' };

/** A steady stream of events, some of which are watched until they show. */
export interface Watch {
  port: number;
  settings: RequestSettings;
  /** All events together. */
  eventsPerSecond: number;
  probesPerSecond: number;
  seconds: number;
  /** Probes take the people from this number on; nobody may be probed twice. */
  firstPerson: number;
}

export interface WatchResult {
  /** From the 200 until a read showed the event, in milliseconds. */
  profile: Latency;
  decisions: Latency;
  probes: number;
  /** Probes that did not show in time. */
  lost: number;
  eventsSent: number;
  refused: number;
  busy: number;
}

const BACKGROUND_CONNECTIONS = 32;
const POLL_MS = 1;
/** An event that has not shown by then counts as lost. */
const PATIENCE_MS = 5000;

/** Keeps the stream steady and measures, for each probe, how long after its 200 the profile and a decision show it. */
export async function watchVisibility(watch: Watch): Promise<WatchResult> {
  const cpu = process.cpuUsage();
  const stream = new EventStream(watch);
  const probes: Promise<Probe>[] = [];
  const start = performance.now();
  for (let elapsed = 0; elapsed < watch.seconds; elapsed = (performance.now() - start) / 1000) {
    stream.sendUpTo(Math.floor(elapsed * (watch.eventsPerSecond - watch.probesPerSecond)));
    const due = Math.floor(elapsed * watch.probesPerSecond);
    while (probes.length < due) probes.push(probe(watch, watch.firstPerson + probes.length));
    await sleep(POLL_MS);
  }
  const shown = await Promise.all(probes);
  await stream.end();
  const { user, system } = process.cpuUsage(cpu);
  return {
    profile: latencyOf(shown.map((one) => one.profile)),
    decisions: latencyOf(shown.map((one) => one.decisions)),
    probes: shown.length,
    lost: shown.filter((one) => one.profile === Infinity || one.decisions === Infinity).length,
    eventsSent: stream.sent + shown.length,
    refused: stream.refused,
    busy: (user + system) / 1000 / (performance.now() - start),
  };
}

interface Probe {
  profile: number;
  decisions: number;
}

async function probe({ port, settings }: Watch, person: number): Promise<Probe> {
  const [first, second] = [new Connection('127.0.0.1', port), new Connection('127.0.0.1', port)];
  try {
    const event = identifyEvent(person, `${settings.run}-probe`, `,"${PROBE.trait}":"yes"`);
    const answer = await request(first, post('/v1/identify', settings.key, event, 'Basic'));
    if (answer.status !== 200) return { profile: Infinity, decisions: Infinity };
    const acknowledged = performance.now();
    const profile = get(`/v1/profiles/user_id:bench-${person}`, settings.key);
    const decide = post('/v1/decisions', settings.key, decision(`bench-${person}`, PROBE.zone));
    const [inProfile, inDecisions] = await Promise.all([
      untilShown(first, profile, `"${PROBE.trait}"`, acknowledged),
      untilShown(second, decide, `"${PROBE.offer}"`, acknowledged),
    ]);
    return { profile: inProfile, decisions: inDecisions };
  } finally {
    first.close();
    second.close();
  }
}

/** Reads again and again; how long after `since` the answer came that held `needle`. */
async function untilShown(
  connection: Connection,
  text: string,
  needle: string,
  since: number,
): Promise<number> {
  for (;;) {
    const { body } = await request(connection, text);
    const waited = performance.now() - since;
    if (body.includes(needle)) return waited;
    if (waited > PATIENCE_MS) return Infinity;
    await sleep(POLL_MS);
  }
}

/** Sends single events at the pace it is told, on as many connections as it takes. */
class EventStream {
  sent = 0;
  refused = 0;
  private readonly idle: Connection[];
  private readonly all: Connection[];
  private underWay = 0;

  constructor(private readonly watch: Watch) {
    this.all = Array.from({ length: BACKGROUND_CONNECTIONS }, () => new Connection('127.0.0.1', watch.port));
    this.idle = [...this.all];
  }

  sendUpTo(due: number): void {
    while (this.sent < due) {
      const connection = this.idle.pop();
      if (!connection) return;
      this.underWay += 1;
      const event = trackEvent(this.sent++, this.watch.settings);
      connection.send(post('/v1/track', this.watch.settings.key, event, 'Basic'), (_error, status) => {
        if (status !== 200) this.refused += 1;
        this.underWay -= 1;
        this.idle.push(connection);
      });
    }
  }

  async end(): Promise<void> {
    while (this.underWay > 0) await sleep(POLL_MS);
    for (const connection of this.all) connection.close();
  }
}
