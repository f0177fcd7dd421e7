import { DeskAnswers } from './desk-answers.js';
import { DeskMessagesController } from './desk-messages.controller.js';
import { DeskMessages } from './desk-messages.js';
import { DeskController } from './desk.controller.js';
import { IdentityChanges } from './identity-changes.js';
import { IdentityReasons } from './identity-reasons.js';
import { PersonCards } from './person-cards.js';
import { Proposals } from './proposals.js';
import { ProposalsController } from './proposals.controller.js';
import { ScreenPop } from './screen-pop.js';
import { SeenOffers } from './seen-offers.js';
import { WrongPerson } from './wrong-person.js';

/** What agents ask at their desks. */
export const deskControllers = [DeskController, DeskMessagesController, ProposalsController];

export const deskProviders = [
  DeskAnswers,
  DeskMessages,
  IdentityChanges,
  IdentityReasons,
  PersonCards,
  Proposals,
  ScreenPop,
  SeenOffers,
  WrongPerson,
];
