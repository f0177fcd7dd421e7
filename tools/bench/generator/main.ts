import { answerQuestions } from '../child.js';
import { runLoad, type Load, type LoadResult } from './closed-loop.js';
import { watchVisibility, type Watch, type WatchResult } from './visibility.js';

export type GeneratorQuestion = { kind: 'load'; load: Load } | { kind: 'watch'; watch: Watch };

function answer(question: GeneratorQuestion): Promise<LoadResult | WatchResult> {
  return question.kind === 'load' ? runLoad(question.load) : watchVisibility(question.watch);
}

answerQuestions(answer);
