import type { ReactNode } from 'react';

interface Props {
  /** What is counted, for readers by ear. */
  label: string;
  value: number;
  least: number;
  onChange(value: number): void;
}

export function QuantityField({ label, value, least, onChange }: Props): ReactNode {
  return (
    <div className="quantity" role="group" aria-label={`Quantity of ${label}`}>
      <button
        type="button"
        aria-label="One less"
        disabled={value <= least}
        onClick={() => onChange(value - 1)}
        data-testid="less"
      >
        −
      </button>
      <output data-testid="quantity">{value}</output>
      <button
        type="button"
        aria-label="One more"
        disabled={value >= 99}
        onClick={() => onChange(value + 1)}
        data-testid="more"
      >
        +
      </button>
    </div>
  );
}
