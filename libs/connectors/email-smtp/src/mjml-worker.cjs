// Compiles MJML off the main thread: it is slow and synchronous at heart. Plain JavaScript, because a worker thread
// loads it from sources and from the build alike.
const { parentPort } = require('node:worker_threads');
const mjml2html = require('mjml');

parentPort.on('message', async ({ id, source }) => {
  try {
    const { html } = await mjml2html(source, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} });
    parentPort.postMessage({ id, html });
  } catch (error) {
    const errors = (error.errors ?? [{ line: 1, message: error.message, tagName: 'mjml' }]).map(
      ({ line, message, tagName }) => ({ line, message, tagName }),
    );
    parentPort.postMessage({ id, errors });
  }
});
