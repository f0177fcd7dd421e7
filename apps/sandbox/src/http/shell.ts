/** The frame of the mailbox; its script fills the list and the view. */
export function mailboxShell(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Mailbox · Repartee sandbox</title>
<link rel="icon" href="/sandbox/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sandbox/assets/mailbox.css">
<script type="module" src="/sandbox/assets/app.js"></script>
</head>
<body>
<a class="skip" href="#view">Skip to the mail</a>
<header class="bar">
  <a class="brand" href="/sandbox"><img src="/sandbox/assets/mark.svg" alt="" width="26" height="26"><span>Mailbox</span><small>sandbox</small></a>
  <nav class="rooms" aria-label="Rooms of the sandbox"><a href="/sandbox" aria-current="page">Mailbox</a><a href="/sandbox/phones">Phones</a></nav>
  <form class="search" role="search"><label class="visually-hidden" for="q">Search mails</label>
    <input id="q" name="q" type="search" placeholder="Search recipient, subject, text" autocomplete="off" maxlength="200" data-testid="search"><kbd aria-hidden="true">/</kbd></form>
  <p class="live" id="live" role="status" data-state="connecting"><span class="live-dot"></span><span id="live-text">connecting</span></p>
  <button type="button" class="quiet" id="delete-all" data-testid="delete-all">Delete all</button>
</header>
<main class="panes" id="panes">
  <nav class="list-pane" aria-label="Mails">
    <p class="counts" id="counts"></p>
    <ul class="mails" id="mails" data-testid="mails"></ul>
    <div class="list-end" id="list-end"></div>
  </nav>
  <section class="view-pane" id="view" tabindex="-1" aria-label="Mail"></section>
</main>
<footer class="keys" aria-hidden="true"><span><kbd>j</kbd><kbd>k</kbd> move</span><span><kbd>Enter</kbd> open</span><span><kbd>1</kbd>–<kbd>4</kbd> tabs</span><span><kbd>/</kbd> search</span><span><kbd>Esc</kbd> back</span></footer>
<noscript><p class="state">The mailbox needs JavaScript. The same mails are at <a href="/sandbox/api/messages">/sandbox/api/messages</a>.</p></noscript>
</body>
</html>`;
}

/** A mail's own HTML; `base` makes its links open beside the mailbox. */
export function mailDocument(html: string): string {
  const base = '<base target="_blank"><meta name="viewport" content="width=device-width, initial-scale=1">';
  const head = /<head\b[^<>]{0,500}>/i.exec(html);
  if (!head) return `<!doctype html>${base}${html}`;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}${base}${html.slice(at)}`;
}
