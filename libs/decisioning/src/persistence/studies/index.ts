export { CreateStudies1790000000890 } from './create-studies.migration.js';
export { DecisionStudy, DecisionStudyChange } from './study.entities.js';
export { RetainedStudies, StudyPersonalData } from './study-records.js';
export {
  type Study,
  type StudyChange,
  type StudyKind,
  studyKinds,
  type StudyState,
  studyStates,
  StudyStore,
} from './study-store.js';
