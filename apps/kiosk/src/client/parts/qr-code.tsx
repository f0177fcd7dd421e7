import { type ReactNode, useMemo } from 'react';
import { encode } from 'uqr';

/** A QR code as one path, dark on light in either appearance: readers want it so. */
export function QrCode({ value, label }: { value: string; label: string }): ReactNode {
  const { path, size } = useMemo(() => {
    const { data, size: modules } = encode(value, { border: 4, ecc: 'M' });
    const dark = data.flatMap((row, y) => row.flatMap((set, x) => (set ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { path: dark.join(''), size: modules };
  }, [value]);
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
