export {
  afterWork,
  holderOf,
  PROPOSAL,
  type Task,
  type TaskKind,
  taskKinds,
  type TaskResult,
  taskResults,
  type TaskState,
  taskStates,
} from './task.js';
