export { AttributeBook, type AttributeChecks } from './attribute-book.js';
export {
  attributeNameSchema,
  attributeSchema,
  attributesSchema,
  attributeTypes,
  attributeValueSchema,
  attributeValuesSchema,
  flawOfValue,
  moneySchema,
  type Attribute,
  type AttributeType,
  type AttributeValue,
  type AttributeValues,
} from './attribute-schema.js';
export { attributeVariables, celTypeOf } from './attribute-variables.js';
