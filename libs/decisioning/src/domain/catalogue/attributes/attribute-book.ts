import type { AttributeTypes } from '@repartee/profile/domain';
import type {
  BusinessIssue,
  CatalogueEntries,
  CatalogueEntry,
  Offer,
  OfferGroup,
} from '../catalogue-schema.js';
import type { Issue } from '../issue.js';
import {
  type Attribute,
  type AttributeValue,
  type AttributeValues,
  flawOfValue,
} from './attribute-schema.js';
import { celTypeOf } from './attribute-variables.js';

interface Declared {
  attribute: Attribute;
  at: string;
  by: BusinessIssue | OfferGroup;
}

/** What may be said under one group, or one issue. */
interface Schema {
  byName: ReadonlyMap<string, Declared>;
  /** For rules. */
  types: AttributeTypes;
}

const NOTHING: Schema = { byName: new Map(), types: {} };

/** What attribute books are made with. */
export interface AttributeChecks {
  pointerOf: (entry: CatalogueEntry) => string;
  /** Whether an entry is being written now; else it was there before. */
  isNamed: (entry: CatalogueEntry) => boolean;
  /** Where what is wrong is noted. */
  problems: Issue[];
}

/** The attributes that issues and groups declare, and what offers say by them. */
export class AttributeBook {
  private readonly ofIssues = new Map<string, Schema>();
  private readonly ofGroups = new Map<string, Schema>();
  private readonly groups = new Map<string, OfferGroup>();
  /** Offers of before that no longer fit, by the place in the schema that says so and why. */
  private readonly misfits = new Map<string, { at: string; why: string; offers: string[] }>();

  constructor(
    { issues, groups }: Pick<CatalogueEntries, 'issues' | 'groups'>,
    private readonly checks: AttributeChecks,
  ) {
    for (const issue of issues) this.ofIssues.set(issue.key, this.extend(NOTHING, issue));
    for (const group of groups) {
      this.groups.set(group.key, group);
      const above = group.issue === undefined ? undefined : this.ofIssues.get(group.issue);
      this.ofGroups.set(group.key, this.extend(above ?? NOTHING, group));
    }
  }

  /** What rules of an issue, of a group, or of the offers of a group may read of an offer. */
  typesOf(level: { issue: string } | { group: string | undefined }): AttributeTypes {
    if ('issue' in level) return (this.ofIssues.get(level.issue) ?? NOTHING).types;
    return this.schemaOf(level.group).types;
  }

  /** An offer's attributes with defaults filled in; what does not fit is noted, and left out. */
  valuesOf(offer: Offer): AttributeValues {
    const { byName } = this.schemaOf(offer.group);
    const values: Record<string, AttributeValue> = {};
    for (const [name, value] of Object.entries(offer.attributes ?? {})) {
      const declared = byName.get(name);
      const flaw = declared ? flawOfValue(declared.attribute, value) : 'nothing declares it';
      if (flaw === null) values[name] = value;
      else this.object(offer, name, flaw, declared);
    }
    for (const [name, declared] of byName) {
      const { required = false, default: otherwise } = declared.attribute;
      if (Object.hasOwn(offer.attributes ?? {}, name)) continue;
      if (otherwise !== undefined) values[name] = otherwise;
      else if (required && isShown(offer)) this.object(offer, name, 'is required', declared);
    }
    return values;
  }

  /** Notes what a changed schema asks of offers that are not being written. Called when all offers were looked at. */
  close(): void {
    for (const { at, why, offers } of this.misfits.values()) {
      const named =
        offers.slice(0, 20).join(', ') + (offers.length > 20 ? ` and ${offers.length - 20} more` : '');
      this.checks.problems.push({ pointer: at, message: `${why} in offers that are published: ${named}` });
    }
    this.misfits.clear();
  }

  private schemaOf(group: string | undefined): Schema {
    return (group === undefined ? undefined : this.ofGroups.get(group)) ?? NOTHING;
  }

  private extend(above: Schema, by: BusinessIssue | OfferGroup): Schema {
    if (!by.attributes?.length) return above;
    const byName = new Map(above.byName);
    by.attributes.forEach((attribute, index) => {
      const at = `${this.checks.pointerOf(by)}/attributes/${index}`;
      const inherited = byName.get(attribute.name)?.attribute;
      if (inherited && inherited.type !== attribute.type)
        this.checks.problems.push({ pointer: `${at}/type`, message: `the issue says ${inherited.type}` });
      byName.set(attribute.name, { attribute, at, by });
    });
    return {
      byName,
      types: Object.fromEntries([...byName].map(([name, one]) => [name, celTypeOf(one.attribute.type)])),
    };
  }

  /** Whoever changes one of both is told: with the offer where it is written, with the schema where that is. */
  private object(offer: Offer, name: string, flaw: string, declared: Declared | undefined): void {
    const { pointerOf, isNamed, problems } = this.checks;
    const own = `${pointerOf(offer)}/attributes/${name}`;
    if (isNamed(offer)) {
      problems.push({ pointer: own, message: `${name}: ${flaw}` });
      return;
    }
    if (!isShown(offer)) return;
    const group = offer.group === undefined ? undefined : this.groups.get(offer.group);
    const schema = declared?.by ?? group;
    if (!schema || !isNamed(schema)) {
      problems.push({ pointer: own, message: `${name}: ${flaw}` });
      return;
    }
    const at = declared?.at ?? `${pointerOf(schema)}/attributes`;
    const why = flaw === 'is required' ? `${name} has no value, nor a default,` : `${name}: ${flaw},`;
    const misfit = this.misfits.get(`${at} ${why}`) ?? { at, why, offers: [] };
    misfit.offers.push(offer.key);
    this.misfits.set(`${at} ${why}`, misfit);
  }
}

function isShown({ status = 'published' }: Offer): boolean {
  return status === 'published';
}
