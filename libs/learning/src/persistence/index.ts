import { AuditSeats1790000000740 } from './audit-seats.migration.js';
import { CountInTheLog1790000000720 } from './count-in-the-log.migration.js';
import { CreateLearningLog1790000000710 } from './create-learning-log.migration.js';
import { CreateLearning1790000000700 } from './create-learning.migration.js';
import { JudgeLater1790000000730 } from './judge-later.migration.js';
import {
  LearningCheckpoint,
  LearningHead,
  LearningObjective,
  LearningPresentation,
  LearningRevenue,
  LearningUpdateRow,
} from './learning-log.entities.js';
import { LearningEvidence, Presentation } from './learning.entities.js';

export { EvidenceStore } from './evidence-store.js';
export { LaterJudge } from './later-judge.js';
export { LearningPersonalData } from './personal-data.js';
export { PresentationInbox, type NotedResponse } from './presentation-inbox.js';
export { UpdateLog } from './update-log.js';

/** The tables of learning. */
export const learningEntities = [
  LearningEvidence,
  Presentation,
  LearningPresentation,
  LearningUpdateRow,
  LearningHead,
  LearningCheckpoint,
  LearningObjective,
  LearningRevenue,
];

/** The migrations that make them. */
export const learningMigrations = [
  CreateLearning1790000000700,
  CreateLearningLog1790000000710,
  CountInTheLog1790000000720,
  JudgeLater1790000000730,
  AuditSeats1790000000740,
];
