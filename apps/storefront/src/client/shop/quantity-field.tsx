import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';

interface Props {
  /** What is counted, for readers by ear. */
  label: string;
  value: number;
  least: number;
  onChange(value: number): void;
}

export function QuantityField({ label, value, least, onChange }: Props): ReactNode {
  const text = useText();
  return (
    <div className="quantity" role="group" aria-label={text('quantityOf', { product: label })}>
      <button
        type="button"
        aria-label={text('oneLess')}
        disabled={value <= least}
        onClick={() => onChange(value - 1)}
        data-testid="less"
      >
        −
      </button>
      <output data-testid="quantity">{value}</output>
      <button
        type="button"
        aria-label={text('oneMore')}
        disabled={value >= 99}
        onClick={() => onChange(value + 1)}
        data-testid="more"
      >
        +
      </button>
    </div>
  );
}
