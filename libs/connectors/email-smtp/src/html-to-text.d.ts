/** The package carries no types of its own. */
declare module 'html-to-text' {
  export interface ConvertOptions {
    wordwrap?: number | false;
    selectors?: { selector: string; format?: string; options?: Record<string, unknown> }[];
  }
  export function compile(options?: ConvertOptions): (html: string) => string;
}
