import {
  connectorsAreNamedOnce,
  frameworksStayInTheCore,
  noWayPastTheGate,
  oneSendGate,
  providersStayInConnectors,
  scopesCallNobody,
} from './rules/connectors.js';
import { filesFormNoCircle, packagesFormNoCircle } from './rules/cycles.js';
import { declarationsAreUsed, importsAreDeclared } from './rules/dependencies.js';
import { domainIsPure } from './rules/domain.js';
import { doorsAreUsed, namesSayWhatIsInside, scopesHaveTheirRooms } from './rules/doors.js';
import { floorsAreKept, staircaseIsBuilt } from './rules/floors.js';
import type { Rule, Violation } from './workspace.js';

/** Every rule of the house by the sentence it proves. */
export const rules: Readonly<Record<string, Rule>> = {
  'a floor imports only floors below it': floorsAreKept,
  'every floor of the plan is built': staircaseIsBuilt,
  'packages are entered by their doors': doorsAreUsed,
  'a scope has its cells and doors': scopesHaveTheirRooms,
  'names say what is inside': namesSayWhatIsInside,
  'the domain is pure': domainIsPure,
  'packages form no circle': packagesFormNoCircle,
  'files form no circle': filesFormNoCircle,
  'frameworks stay in the core': frameworksStayInTheCore,
  'connectors are named in one file of an app': connectorsAreNamedOnce,
  'provider SDKs stay in connectors': providersStayInConnectors,
  'scopes open no connection of their own': scopesCallNobody,
  'there is one send gate': oneSendGate,
  'nothing leads past the send gate': noWayPastTheGate,
  'what is imported is declared': importsAreDeclared,
  'what is declared is used': declarationsAreUsed,
};

/** One line a violation, as an editor links it. */
export const describeViolation = ({ rule, where, message }: Violation) => `${where}  ${rule}: ${message}`;
