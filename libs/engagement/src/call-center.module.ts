import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { DecisioningModule } from '@repartee/decisioning';
import { DeliveryModule } from '@repartee/delivery';
import { DialogueModule } from '@repartee/dialogue';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileModule } from '@repartee/profile';
import { AgentsController, QueuesController } from './api/call-center/agents.controller.js';
import { BoardController } from './api/call-center/board.controller.js';
import { DeskWorkController } from './api/call-center/desk-work.controller.js';
import { CallingTimes } from './api/call-center/calling-times.js';
import { CallsController } from './api/call-center/calls.controller.js';
import { ConcludeCall } from './api/call-center/conclude-call.js';
import { DoNotCall } from './api/call-center/do-not-call.js';
import { DoNotCallController } from './api/call-center/do-not-call.controller.js';
import { HearCall } from './api/call-center/hear-call.js';
import { IdentifyCaller } from './api/call-center/identify-caller.js';
import { NewTasks } from './api/call-center/new-tasks.js';
import { OutcomeEffects } from './api/call-center/outcome-effects.js';
import { CallCenterSettingsController } from './api/call-center/settings.controller.js';
import { Tasks } from './api/call-center/tasks.js';
import { TasksController } from './api/call-center/tasks.controller.js';
import { WrongNumbers } from './api/call-center/wrong-numbers.js';
import { Agents } from './persistence/agents/agent-presence.js';
import { DeskBoard } from './persistence/agents/desk-board.js';
import { DeskNotices } from './persistence/agents/desk-notices.js';
import { OfferAcceptance } from './persistence/agents/offer-acceptance.js';
import { TaskViewers } from './persistence/tasks/task-viewers.js';
import { QueueStatistics } from './persistence/agents/queue-stats.js';
import { CallCenterData, CallCenterMerges } from './persistence/call-center-data.js';
import { CallCenterSettingsStore } from './persistence/call-center-settings.js';
import { CallBell } from './persistence/calls/call-bell.js';
import { CallHolds } from './persistence/calls/call-holds.js';
import { CallStore } from './persistence/calls/call-store.js';
import { TaskStore } from './persistence/tasks/task-store.js';

/** Calls, and work for humans. Wants `Database`, `Bus`, `Clock` and `CONFIG` to be global. */
@Module({
  imports: [
    AccessModule,
    DecisioningModule,
    DeliveryModule,
    DialogueModule,
    GovernanceModule,
    HousekeepingModule,
    MergeParticipantsModule,
    ProfileModule,
  ],
  controllers: [
    AgentsController,
    BoardController,
    DeskWorkController,
    CallCenterSettingsController,
    CallsController,
    DoNotCallController,
    QueuesController,
    TasksController,
  ],
  providers: [
    Agents,
    DeskBoard,
    DeskNotices,
    OfferAcceptance,
    TaskViewers,
    CallCenterData,
    CallCenterMerges,
    CallCenterSettingsStore,
    CallBell,
    CallHolds,
    CallingTimes,
    CallStore,
    ConcludeCall,
    DoNotCall,
    HearCall,
    IdentifyCaller,
    NewTasks,
    OutcomeEffects,
    QueueStatistics,
    Tasks,
    TaskStore,
    WrongNumbers,
  ],
  exports: [
    CallBell,
    CallStore,
    HearCall,
    IdentifyCaller,
    NewTasks,
    QueueStatistics,
    TaskStore,
    WrongNumbers,
  ],
})
export class CallCenterModule {}
