import { answerQuestions } from '../child.js';
import { runLoad, type Load, type LoadResult } from './closed-loop.js';
import { runPace, type Pace, type PaceResult } from './pace.js';
import { watchVisibility, type Watch, type WatchResult } from './visibility.js';

export type GeneratorQuestion =
  { kind: 'load'; load: Load } | { kind: 'watch'; watch: Watch } | { kind: 'pace'; pace: Pace };

function answer(question: GeneratorQuestion): Promise<LoadResult | WatchResult | PaceResult> {
  switch (question.kind) {
    case 'load':
      return runLoad(question.load);
    case 'watch':
      return watchVisibility(question.watch);
    case 'pace':
      return runPace(question.pace);
  }
}

answerQuestions(answer);
