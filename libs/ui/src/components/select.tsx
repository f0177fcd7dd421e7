import { Select as Trigger, SelectItem, SelectPopover, SelectProvider, useSelectStore } from '@ariakit/react';
import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Field, type FieldProps } from './field.js';

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectProps extends FieldProps {
  choices: readonly Choice[];
  value: string;
  onChange(value: string): void;
  disabled?: boolean;
}

/** One of a few. Typing letters finds a choice. */
export function Select({ choices, value, onChange, disabled, ...field }: SelectProps): ReactNode {
  const store = useSelectStore({
    value,
    setValue: (next: string | string[]) => {
      if (typeof next === 'string' && next !== value) onChange(next);
    },
  });
  return (
    <Field {...field}>
      {(wiring) => (
        <SelectProvider store={store}>
          <Trigger {...wiring} className="ui-input ui-select" disabled={disabled ?? false}>
            <span>{choices.find((one) => one.value === value)?.label ?? ' '}</span>
            <ChevronsUpDown size={15} aria-hidden />
          </Trigger>
          <SelectPopover className="ui-popup" gutter={6} sameWidth unmountOnHide portal>
            {choices.map((one) => (
              <SelectItem
                key={one.value}
                value={one.value}
                className="ui-option"
                disabled={one.disabled ?? false}
              >
                {one.label}
              </SelectItem>
            ))}
          </SelectPopover>
        </SelectProvider>
      )}
    </Field>
  );
}
