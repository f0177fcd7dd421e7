import { Inject, Injectable } from '@nestjs/common';
import { speaksForAll, type Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { parseJson, validate } from '@repartee/platform';
import { type Mapping, mappingSchema } from '../../domain/imports/mapping.js';
import { flawOf } from '../../domain/imports/row-mapper.js';
import { MappingStore } from '../../persistence/imports/mapping-store.js';

/** Reads what people say of their files. */
@Injectable()
export class ImportSettings {
  constructor(@Inject(MappingStore) private readonly mappings: MappingStore) {}

  /** A mapping by its key, or written out as JSON. */
  async mapping(text: string): Promise<Result<Mapping>> {
    if (!text.trimStart().startsWith('{')) {
      const named = await this.mappings.get(text);
      return named
        ? ok(named.mapping)
        : fail(failure('IMPORT.MAPPING_NOT_FOUND', 'No mapping is kept under this key.'));
    }
    const json = parseJson(text);
    return json.ok ? this.checked(json.value) : json;
  }

  /** A mapping that can work. */
  checked(value: unknown): Result<Mapping> {
    const mapping = validate(mappingSchema, value, 'mapping');
    if (!mapping.ok) return mapping;
    const flaw = flawOf(mapping.value);
    return flaw === undefined ? mapping : fail(failure('IMPORT.INVALID_MAPPING', flaw));
  }

  /** Whose rows they are: administrators speak for every source, others for their own. */
  source(caller: Principal, wanted: string | undefined): Result<string> {
    if (wanted === undefined || wanted === caller.source || speaksForAll(caller))
      return ok(wanted ?? caller.source);
    return fail(failure('IMPORT.SOURCE_NOT_ALLOWED', 'A server key imports for its own source alone.'));
  }
}
