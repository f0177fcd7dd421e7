import { fail, ok, type Result } from '@repartee/contracts';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { flawOfSchema, type SchemaCheck, type SchemaFlaw } from '../domain/index.js';

/** Breaks of one event that are told. */
const MAX_ERRORS = 10;
const MAX_DETAIL = 300;

/** RE2 runs in time linear to the text, whatever the pattern; look-around and back references it refuses. */
class LinearPattern {
  private readonly compiled: RE2JS;

  constructor(private readonly source: string) {
    this.compiled = RE2JS.compile(source);
  }

  test(text: string): boolean {
    return this.compiled.matcher(text).find();
  }

  /** Ajv tells patterns apart by their texts. */
  toString(): string {
    return this.source;
  }
}

const linearRegExp = Object.assign((pattern: string) => new LinearPattern(pattern), { code: '' });

const options = (validateSchema: boolean) => ({
  validateSchema,
  strictSchema: true,
  strictTypes: false,
  strictTuple: false,
  strictRequired: false,
  addUsedSchema: false,
  ownProperties: true,
  logger: false as const,
  code: { regExp: linearRegExp },
});

/** JSON Schemas of tracking plans, drafts 7 and 2020-12 (by `$schema`; 7 unless it says so), as functions. */
export class SchemaCompiler {
  private readonly drafts: { seven?: Ajv; latest?: Ajv };

  /** @param trusted the schemas were checked when they were saved */
  constructor(private readonly trusted = false) {
    this.drafts = {};
  }

  /** Fails with the first thing that is wrong with the schema. */
  compile(schema: Record<string, unknown>): Result<SchemaCheck, SchemaFlaw> {
    const flaw = this.trusted ? undefined : flawOfSchema(schema);
    if (flaw) return fail(flaw);
    try {
      const validate = this.draftOf(schema).compile(schema);
      return ok((value) => {
        if (validate(value)) return [];
        return (validate.errors ?? []).slice(0, MAX_ERRORS).map(({ instancePath, message, params }) => ({
          pointer: `${instancePath}${missing(params)}`,
          detail: (message ?? 'breaks the schema').slice(0, MAX_DETAIL),
        }));
      });
    } catch (error) {
      return fail({ pointer: '', detail: String((error as Error).message).slice(0, MAX_DETAIL) });
    }
  }

  private draftOf({ $schema }: Record<string, unknown>): Ajv {
    const latest = typeof $schema === 'string' && $schema.includes('2020-12');
    const held = latest ? this.drafts.latest : this.drafts.seven;
    if (held) return held;
    const ajv: Ajv = latest ? new Ajv2020(options(!this.trusted)) : new Ajv(options(!this.trusted));
    addFormats.default(ajv, { mode: 'fast' });
    this.drafts[latest ? 'latest' : 'seven'] = ajv;
    return ajv;
  }
}

/** A member that is missing or too much is told by its own place. */
function missing(params: Record<string, unknown>): string {
  const name = params['missingProperty'] ?? params['additionalProperty'];
  return typeof name === 'string' ? `/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
}
