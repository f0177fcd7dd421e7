import type { MatchRecord, SourceFields } from '@repartee/identity/domain';
import { contactList } from './contact-list.js';
import { european } from './european.js';
import { febrlLike } from './febrl-like.js';
import { SeededRandom } from './random.js';
import type { Fields, World } from './world.js';

const WORLDS = { febrl: febrlLike, european, contacts: contactList } as const;
export type WorldName = keyof typeof WORLDS;
export const WORLD_NAMES = Object.keys(WORLDS) as WorldName[];

export function isWorld(name: string): name is WorldName {
  return Object.hasOwn(WORLDS, name);
}

export interface GeneratorOptions {
  world: WorldName;
  /** Originals and duplicates together. */
  records: number;
  /** Share of the records that are duplicates. */
  duplicates: number;
  seed: number;
}

/** A record and the person that it is of. */
export interface GeneratedRecord {
  record: MatchRecord;
  person: string;
}

/** Originals that may still get a duplicate: an original and its duplicates stand near each other. */
const RECENT = 1_000;

function given(fields: Fields): SourceFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as SourceFields;
}

/** Records of invented people, the same for the same options. Ids tell nothing of the person. */
export function* identityRecords(options: GeneratorOptions): Generator<GeneratedRecord> {
  const random = new SeededRandom(options.seed);
  const world: World = WORLDS[options.world](random);
  const recent: { person: string; fields: Fields }[] = [];
  for (let number = 0; number < options.records; number++) {
    const original = recent.length > 0 && random.chance(options.duplicates) ? random.pick(recent) : undefined;
    const fields = original ? world.again(original.fields) : world.person();
    const person = original?.person ?? String(number);
    if (!original) recent[number % RECENT] = { person, fields };
    const id = (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
    yield { person, record: { id, source: options.world, at: number, fields: given(fields) } };
  }
}
