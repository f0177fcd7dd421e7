import type { ReactNode } from 'react';
import { Checkbox, TextArea, TextField } from '../components/field.js';
import { Select } from '../components/select.js';
import { useUiText } from '../i18n/ui-text.js';
import { type FieldSchema, fieldsOf, type FormValue, type ObjectSchema, valueFrom } from './schema-fields.js';

export interface SchemaFormProps {
  /** An object of plain fields: texts, numbers, choices, yes or no. */
  schema: ObjectSchema;
  value: Readonly<Record<string, FormValue>>;
  onChange(value: Record<string, FormValue>): void;
  /** What is wrong, by field. */
  mistakes?: Readonly<Record<string, string>>;
}

/** The fields of a JSON Schema. The hub judges the values by the same schema; this only asks for them. */
export function SchemaForm({ schema, value, onChange, mistakes = {} }: SchemaFormProps): ReactNode {
  return (
    <div style={{ display: 'grid', gap: 14 }}>
      {fieldsOf(schema).map((field) => (
        <SchemaField
          key={field.name}
          field={field}
          value={value[field.name]}
          mistake={mistakes[field.name]}
          onChange={(next) => {
            const { [field.name]: _, ...others } = value;
            onChange(next === undefined ? others : { ...others, [field.name]: next });
          }}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  field: FieldSchema;
  value: FormValue | undefined;
  mistake: string | undefined;
  onChange(value: FormValue | undefined): void;
}

function SchemaField({ field, value, mistake, onChange }: FieldProps): ReactNode {
  const text = useUiText();
  const { label, hint, required, kind } = field;
  const shared = { label, hint, mistake };
  if (kind === 'boolean')
    return (
      <Checkbox label={label} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
    );
  if (field.choices)
    return (
      <Select
        {...shared}
        value={value === undefined ? '' : String(value)}
        choices={[
          ...(required ? [] : [{ value: '', label: text('choose') }]),
          ...field.choices.map((one) => ({ value: one, label: one })),
        ]}
        onChange={(next) => onChange(next === '' ? undefined : next)}
      />
    );
  const shown = value === undefined ? '' : String(value);
  if (field.long)
    return (
      <TextArea
        {...shared}
        required={required}
        value={shown}
        maxLength={field.maxLength}
        onChange={({ target }) => onChange(valueFrom(field, target.value))}
      />
    );
  return (
    <TextField
      {...shared}
      type={field.inputType}
      required={required}
      value={shown}
      min={field.minimum}
      max={field.maximum}
      maxLength={field.maxLength}
      {...(kind === 'integer' && { step: 1 })}
      {...(kind === 'number' && { step: 'any' })}
      onChange={({ target }) => onChange(valueFrom(field, target.value))}
    />
  );
}
