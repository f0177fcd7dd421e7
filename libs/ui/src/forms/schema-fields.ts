export type FormValue = string | number | boolean;

/** What of JSON Schema a form understands. */
export interface PropertySchema {
  type?: string | readonly string[];
  title?: string;
  description?: string;
  enum?: readonly unknown[];
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  writeOnly?: boolean;
}
export interface ObjectSchema {
  properties?: Readonly<Record<string, PropertySchema>>;
  required?: readonly string[];
}

export interface FieldSchema {
  name: string;
  label: string;
  hint?: string;
  kind: 'string' | 'number' | 'integer' | 'boolean';
  required: boolean;
  choices?: readonly string[];
  /** Wants several lines. */
  long: boolean;
  inputType: string;
  minimum?: number | undefined;
  maximum?: number | undefined;
  maxLength?: number | undefined;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  email: 'email',
  uri: 'url',
  date: 'date',
  'date-time': 'datetime-local',
  password: 'password',
};
/** Characters from which on one line is too short. */
const LONG = 200;

/** The fields of an object, in its order. What is no plain value (objects, lists) has no field. */
export function fieldsOf({ properties = {}, required = [] }: ObjectSchema): FieldSchema[] {
  return Object.entries(properties).flatMap(([name, property]): FieldSchema[] => {
    const kind = kindOf(property);
    if (!kind) return [];
    const { title, description, minimum, maximum, maxLength, format } = property;
    const choices = property.enum?.map(String);
    return [
      {
        name,
        label: title ?? wordsOf(name),
        kind,
        required: required.includes(name),
        long: kind === 'string' && format === undefined && (maxLength ?? 0) > LONG,
        inputType: inputTypeOf(kind, property),
        minimum,
        maximum,
        maxLength,
        ...(description !== undefined && { hint: description }),
        ...(choices && { choices }),
      },
    ];
  });
}

/** What somebody typed, as the schema wants it; nothing where nothing was typed. */
export function valueFrom({ kind }: FieldSchema, typed: string): FormValue | undefined {
  if (typed === '') return undefined;
  return kind === 'number' || kind === 'integer' ? Number(typed) : typed;
}

function kindOf({ type, enum: values }: PropertySchema): FieldSchema['kind'] | undefined {
  const named = (typeof type === 'string' ? [type] : (type ?? [])).find((one) => one !== 'null');
  if (named === undefined) return values ? 'string' : undefined;
  return (['string', 'number', 'integer', 'boolean'] as const).find((one) => one === named);
}

function inputTypeOf(kind: FieldSchema['kind'], { format, writeOnly }: PropertySchema): string {
  if (kind === 'number' || kind === 'integer') return 'number';
  if (writeOnly) return 'password';
  return INPUT_TYPES[format ?? ''] ?? 'text';
}

/** `favouriteColour` → `Favourite colour`. */
function wordsOf(name: string): string {
  const words = name
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
