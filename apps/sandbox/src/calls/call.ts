/** A call of the simulator, as its page shows it. */
export interface SimulatedCall {
  /** How the simulated telephone system names it. */
  id: string;
  /** Null where it is withheld. */
  number: string | null;
  queue: string;
  /** Who answered. */
  agent: string | null;
  state: 'ringing' | 'answered' | 'ended';
  /** Milliseconds since the epoch, of the system. */
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  transfers: number;
}
