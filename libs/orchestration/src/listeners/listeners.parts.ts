import { EventQueue } from './event-queue.js';
import { ListenerLanes } from './listener-lanes.js';
import { ListenerPersonalData } from './listener-personal-data.js';
import { PutBackHandler } from './put-back.handler.js';
import { TellConnector } from './tell-connector.js';
import { TellListeners } from './tell-listeners.js';

/** Connectors that hear what happens. */
export const listenerControllers = [PutBackHandler];
export const listenerProviders = [
  EventQueue,
  ListenerLanes,
  ListenerPersonalData,
  TellConnector,
  TellListeners,
];
