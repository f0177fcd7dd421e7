import { escapeHtml } from '@repartee/connector-sdk';
import { type ErrorEntry, ERRORS } from '@repartee/contracts';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .4rem .8rem; border-bottom: 1px solid #8884; vertical-align: top; }
  tr:target { background: #fc03; }
  a { color: inherit; }`;

/** A page that says what each error code means: the `type` of every problem document leads to its row. */
export function errorsPage(): string {
  const codes: [string, ErrorEntry][] = Object.entries(ERRORS);
  const rows = codes.sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, entry]) => row(code, entry));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Error codes</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>Error codes</h1>
<p>Every error is an RFC 9457 problem document. Its <code>code</code> is stable; its <code>detail</code> says what was wrong this time.</p>
<table>
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>`;
}

function row(code: string, { status, title }: ErrorEntry): string {
  const name = escapeHtml(code);
  return `<tr id="${name}"><td><a href="#${name}"><code>${name}</code></a></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`;
}
