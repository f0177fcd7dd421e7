import { z } from 'zod';
import { type ComputedTraitDocument } from './computed/computed-trait.js';
import { typeOf } from './computed/computed-trait.js';
import { compileRule } from './rule.js';
import { type ComputedType, type ComputedTypes, segmentRuleTypes } from './rule-types.js';
import type { SegmentDocument } from './segment.js';
import { BUILT_IN_TYPES, checkTraitDocument, type TraitIssue, type TraitKind } from './trait-book.js';
import type { TextSourceDocument } from './text/text-source.js';
import type { TraitPolicyDocument } from './traits/trait-policy.js';

/** Definitions as a configuration document states them. */
export interface TraitSection {
  readonly trait: readonly TraitPolicyDocument[];
  readonly computed: readonly ComputedTraitDocument[];
  readonly text: readonly TextSourceDocument[];
  readonly segment: readonly SegmentDocument[];
}

export const EMPTY_SECTION: TraitSection = Object.freeze({ trait: [], computed: [], text: [], segment: [] });

/** The sections of a configuration document that speak of golden records. */
export const traitSectionsSchema = z.object({
  traits: z.array(z.unknown()).max(500).default([]),
  computedTraits: z.array(z.unknown()).max(500).default([]),
  texts: z.array(z.unknown()).max(500).default([]),
  segments: z.array(z.unknown()).max(500).default([]),
});

const SECTIONS: Readonly<Record<TraitKind, keyof z.infer<typeof traitSectionsSchema>>> = {
  trait: 'traits',
  computed: 'computedTraits',
  text: 'texts',
  segment: 'segments',
};

/** Checks the sections; all that is wrong is reported at once, with pointers into the configuration document. */
export function checkTraitSections(sections: z.infer<typeof traitSectionsSchema>): {
  section: TraitSection;
  issues: TraitIssue[];
} {
  const issues: TraitIssue[] = [];
  const check = <D extends { key: string }>(kind: TraitKind): D[] => {
    const seen = new Set<string>();
    return sections[SECTIONS[kind]].flatMap((given, index): D[] => {
      const at = `#/${SECTIONS[kind]}/${index}`;
      const checked = checkTraitDocument(kind, given);
      issues.push(...checked.issues.map((issue) => ({ ...issue, pointer: `${at}/${issue.pointer}` })));
      if (!checked.document) return [];
      const document = checked.document as unknown as D;
      if (seen.has(document.key)) issues.push({ pointer: `${at}/key`, message: 'is used twice' });
      seen.add(document.key);
      return [document];
    });
  };
  return {
    section: {
      trait: check<TraitPolicyDocument>('trait'),
      computed: check<ComputedTraitDocument>('computed'),
      text: check<TextSourceDocument>('text'),
      segment: check<SegmentDocument>('segment'),
    },
    issues,
  };
}

/** Whether the rules of segments fit what there is to read of people; segments know nothing of each other. Pointers as above. */
export function checkSegmentRules(
  documents: readonly SegmentDocument[],
  computed: ComputedTypes,
): TraitIssue[] {
  const types = segmentRuleTypes(computed);
  return documents.flatMap(({ when }, index) => {
    const compiled = compileRule(when, 'profile', types);
    if (compiled.ok) return [];
    const { message, start } = compiled.failure;
    return [{ pointer: `#/segments/${index}/when`, message, offset: start }];
  });
}

/** What rules may read of `profile.computed`, given the computed traits in force or about to be. */
export function computedTypes(documents: Iterable<ComputedTraitDocument>): ComputedTypes {
  const declared: Record<string, ComputedType> = { ...BUILT_IN_TYPES };
  for (const { key, op } of documents) declared[key] = typeOf(op);
  return declared;
}
