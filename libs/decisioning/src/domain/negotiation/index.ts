export { compileNegotiation, type CompiledLever, type CompiledNegotiation } from './compile-negotiation.js';
export { budgetClaims, type OfferTerms, priceTerms, type Priced, sameTerms, type TermFlaw } from './terms.js';
