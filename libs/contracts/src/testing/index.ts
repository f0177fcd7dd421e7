export { OpenApiJudge, type Exchange } from './openapi-judge.js';
export { itWithDocuments } from './provider-documents.js';
