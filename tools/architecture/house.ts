import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The plan of the house: who may import whom, and what the domain may use. */
export interface House {
  /** From the ground up; a floor imports only floors before it. */
  floors: string[];
  /** What a floor imports besides the floors below it. */
  alsoImports: Record<string, string[]>;
  /** Rooms outside the staircase, each with the complete list of what it imports. */
  beside: Record<string, string[]>;
  domainLibraries: string[];
  frameworks: string[];
  withoutFrameworks: string[];
  providers: string[];
  /** The one file of an app that names connectors. */
  connectorRegistry: string;
}

/** Reads floors.json of a workspace. */
export function readHouse(root: string): House {
  return JSON.parse(readFileSync(join(root, 'tools/architecture/floors.json'), 'utf8')) as House;
}

/** The floors that `floor` may import, or undefined where the plan does not know it. */
export function importable(house: House, floor: string): Set<string> | undefined {
  const height = house.floors.indexOf(floor);
  if (height >= 0) return new Set([...house.floors.slice(0, height), ...(house.alsoImports[floor] ?? [])]);
  const beside = house.beside[floor];
  return beside && new Set(beside);
}
