/** How a text travels: in how many segments, in which encoding, and how full they are. */
export interface Segmentation {
  encoding: 'gsm-7' | 'ucs-2';
  /** Septets of GSM-7, or 16-bit units of UCS-2. */
  units: number;
  segments: number;
}

/** The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), without the escape character. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Its extension table (6.2.1.1): an escape and a second septet each. */
const EXTENDED = '\f^{}\\[~]|€';

const SEPTETS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENDED].map((character) => [character, 2] as const),
]);

/** Units of a message alone, and of each part of a longer one, which begins with a header of six octets. */
const CAPACITY = {
  'gsm-7': { alone: 160, part: 153 },
  'ucs-2': { alone: 70, part: 67 },
} as const;

/**
 * Counts segments as the networks cut them (3GPP TS 23.040, 9.2.3.24.1): neither an escape and its character nor the
 * halves of a surrogate pair are ever parted.
 */
export function segmentationOf(text: string): Segmentation {
  const characters = [...text];
  const septets = characters.map((character) => SEPTETS.get(character));
  const encoding = septets.includes(undefined) ? 'ucs-2' : 'gsm-7';
  const sizes = characters.map((character, at) =>
    encoding === 'gsm-7' ? (septets[at] ?? 0) : character.length,
  );
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = CAPACITY[encoding];
  return { encoding, units, segments: units <= alone ? 1 : packed(sizes, part) };
}

function packed(sizes: readonly number[], capacity: number): number {
  let segments = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > capacity) {
      segments += 1;
      filled = 0;
    }
    filled += size;
  }
  return segments;
}
