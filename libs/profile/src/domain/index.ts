export { compileRule, type Rule, type RuleError, type RuleScope, type RuleVariables, type Verdict } from './rule.js';
