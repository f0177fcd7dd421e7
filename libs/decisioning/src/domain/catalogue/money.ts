/** Money is counted in millionths of its currency. */
export const MICROS = 1e6;
