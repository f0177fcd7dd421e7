/** Characters of GSM 03.38: one septet each, and those behind an escape. */
const BASIC = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ -#¤%-?¡A-ZÄÖÑÜ§¿a-zäöñüà]$/;
const EXTENDED = /^[\f^{}\\[~\]|€]$/;

/** How many segments a text takes: told by the emulator on its own count, so that it can contradict its clients. */
export function segmentCount(text: string): number {
  const units = [...text].map((character) =>
    BASIC.test(character) ? 1 : EXTENDED.test(character) ? 2 : undefined,
  );
  const gsm = !units.includes(undefined);
  const widths = gsm ? units.map((unit) => unit ?? 0) : [...text].map((character) => character.length);
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= (gsm ? 160 : 70)) return 1;
  let count = 1;
  let room = gsm ? 153 : 67;
  for (const width of widths) {
    if (width > room) {
      count += 1;
      room = gsm ? 153 : 67;
    }
    room -= width;
  }
  return count;
}
