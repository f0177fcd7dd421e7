import { type ComponentProps, type ReactNode, useId } from 'react';

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value, in words. */
  mistake?: ReactNode;
  /** The label is for assistive technology alone: what the field is must be plain from where it stands. */
  hideLabel?: boolean;
}

interface Wiring {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

/** Label, control, hint and mistake, tied together. */
export function Field({
  label,
  hint,
  mistake,
  hideLabel = false,
  children,
}: FieldProps & { children(wiring: Wiring): ReactNode }): ReactNode {
  const id = useId();
  const told = [hint != null && `${id}-hint`, mistake != null && `${id}-mistake`].filter(Boolean).join(' ');
  return (
    <div className="ui-field">
      <label htmlFor={id} className={hideLabel ? 'ui-hidden' : 'ui-label'}>
        {label}
      </label>
      {children({
        id,
        ...(told !== '' && { 'aria-describedby': told }),
        ...(mistake != null && { 'aria-invalid': true as const }),
      })}
      {hint != null && (
        <p id={`${id}-hint`} className="ui-hint">
          {hint}
        </p>
      )}
      {mistake != null && (
        <p id={`${id}-mistake`} className="ui-mistake">
          {mistake}
        </p>
      )}
    </div>
  );
}

type Own = 'children' | 'id';

/** One line of text. */
export function TextField({
  label,
  hint,
  mistake,
  hideLabel = false,
  ...rest
}: FieldProps & Omit<ComponentProps<'input'>, Own>): ReactNode {
  return (
    <Field {...{ label, hint, mistake, hideLabel }}>
      {(wiring) => <input type="text" {...rest} {...wiring} className="ui-input" />}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  mistake,
  hideLabel = false,
  ...rest
}: FieldProps & Omit<ComponentProps<'textarea'>, Own>): ReactNode {
  return (
    <Field {...{ label, hint, mistake, hideLabel }}>
      {(wiring) => <textarea rows={3} {...rest} {...wiring} className="ui-input" />}
    </Field>
  );
}

export function Checkbox({
  label,
  ...rest
}: { label: ReactNode } & Omit<ComponentProps<'input'>, Own | 'type'>): ReactNode {
  return (
    <label className="ui-check">
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  );
}
