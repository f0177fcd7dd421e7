import type { AttributeCelType } from '@repartee/profile/domain';
import type { AttributeType, AttributeValues } from './attribute-schema.js';

const CEL_TYPES: Readonly<Record<AttributeType, AttributeCelType>> = {
  string: 'string',
  enum: 'string',
  number: 'double',
  boolean: 'bool',
  date: 'google.protobuf.Timestamp',
  money: 'Money',
};

/** The type that rules see. */
export function celTypeOf(type: AttributeType): AttributeCelType {
  return CEL_TYPES[type];
}

/** Values as rules see them: dates are moments. */
export function attributeVariables(
  values: AttributeValues,
  types: Readonly<Record<string, AttributeCelType>>,
) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      types[name] === CEL_TYPES.date ? new Date(value as string) : value,
    ]),
  );
}
