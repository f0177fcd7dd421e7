import type { EngagementQuestion } from '../catalogue/index.js';
import type { DropRule } from '../decide/index.js';

/** Of the form in which receipts are stored. */
export const VERSION = 2;
/** P is stored in billionths: whole numbers are written several times as fast. */
export const BILLION = 1e9;

/** What a rule's name alone says. */
export const QUESTION_OF: Partial<Record<DropRule, EngagementQuestion>> = {
  'not-eligible': 'eligibility',
  'not-applicable': 'applicability',
  'not-suitable': 'suitability',
  unknown: 'eligibility',
};
