/** The frame of the phone screen; its script fills the list and the conversation. */
export function phoneShell(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Phones · Repartee sandbox</title>
<link rel="icon" href="/sandbox/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sandbox/assets/mailbox.css">
<link rel="stylesheet" href="/sandbox/assets/phone.css">
<script type="module" src="/sandbox/assets/phone-app.js"></script>
</head>
<body>
<a class="skip" href="#view">Skip to the conversation</a>
<header class="bar">
  <a class="brand" href="/sandbox/phones"><img src="/sandbox/assets/mark.svg" alt="" width="26" height="26"><span>Phones</span><small>sandbox</small></a>
  <nav class="rooms" aria-label="Rooms of the sandbox"><a href="/sandbox">Mailbox</a><a href="/sandbox/phones" aria-current="page">Phones</a></nav>
  <p class="live" id="live" role="status" data-state="connecting"><span class="live-dot"></span><span id="live-text">connecting</span></p>
  <button type="button" class="quiet" id="faults-open" data-testid="faults-open" aria-haspopup="dialog">Faults<span class="faults-on" id="faults-on" hidden></span></button>
  <button type="button" class="quiet danger" id="delete-all" data-testid="delete-all">Delete all</button>
</header>
<main class="panes" id="panes">
  <nav class="list-pane" aria-label="Phones">
    <p class="counts" id="counts"></p>
    <ul class="mails" id="phones" data-testid="phones"></ul>
    <div class="list-end" id="list-end"></div>
  </nav>
  <section class="view-pane" id="view" tabindex="-1" aria-label="Conversation"></section>
</main>
<dialog id="faults" aria-labelledby="faults-title" data-testid="faults"></dialog>
<footer class="keys" aria-hidden="true"><span><kbd>j</kbd><kbd>k</kbd> move</span><span><kbd>Enter</kbd> open, send</span><span><kbd>r</kbd> answer</span><span><kbd>Esc</kbd> back</span></footer>
<noscript><p class="state">The phones need JavaScript. The same texts are at <a href="/sandbox/api/phones">/sandbox/api/phones</a>.</p></noscript>
</body>
</html>`;
}
