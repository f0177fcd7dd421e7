import { z } from 'zod';

/** The name of an entry of the configuration, as it stands in URLs, tokens, rules, receipts and reports. */
export const keySchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'a key is 1 to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit',
  );
