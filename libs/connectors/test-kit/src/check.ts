import type { ConnectorDefinition } from '@repartee/connector-sdk';
import type { Bench } from './bench.js';
import type { ConnectorSuite } from './connector-suite.js';

/** Why a connector need not keep a promise, if so. */
export type Reason = (definition: ConnectorDefinition, suite: ConnectorSuite) => string | undefined;

/** One promise of the contract. */
export interface Check {
  /** Stands in the certificate: `delivery.refused`. */
  id: string;
  /** Goes on from “it …”. */
  title: string;
  /** Why this connector need not keep it, if so. */
  notApplicable?: Reason;
  /** Milliseconds one call may take, for checks that wait for it. */
  timeLimit?: number;
  run(bench: Bench): Promise<void>;
}

/** The first reason that holds. */
export function unless(...reasons: Reason[]): Reason {
  return (definition, suite) => {
    for (const reason of reasons) {
      const said = reason(definition, suite);
      if (said !== undefined) return said;
    }
    return undefined;
  };
}

/** Holds when the connector lacks a member. */
export function lacks(member: keyof ConnectorDefinition, words: string): Reason {
  return (definition) => (definition[member] === undefined ? words : undefined);
}

/** Holds when the suite says that no such provider can do this. */
export function cannot(what: keyof NonNullable<ConnectorSuite['cannot']>): Reason {
  return (_definition, suite) => suite.cannot?.[what];
}
