import { DeskAnswers } from './desk-answers.js';
import { DeskMessagesController } from './desk-messages.controller.js';
import { DeskMessages } from './desk-messages.js';
import { DeskController } from './desk.controller.js';
import { PersonCards } from './person-cards.js';
import { ScreenPop } from './screen-pop.js';
import { SeenOffers } from './seen-offers.js';
import { WrongPerson } from './wrong-person.js';

/** What agents ask at their desks. */
export const deskControllers = [DeskController, DeskMessagesController];

export const deskProviders = [DeskAnswers, DeskMessages, PersonCards, ScreenPop, SeenOffers, WrongPerson];
