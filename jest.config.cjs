const fs = require('node:fs');
const path = require('node:path');

/** One run over every package that has a jest.config.cjs. */
const roots = ['apps', 'libs', 'libs/connectors', 'libs/clients'];
const packages = roots.flatMap((root) =>
  fs.existsSync(path.join(__dirname, root))
    ? fs.readdirSync(path.join(__dirname, root)).map((name) => path.join(root, name))
    : [],
);

module.exports = {
  // For all projects: of a project's own configuration Jest does not take it. Machines do other things at the same time.
  testTimeout: 30_000,
  // Jest keeps something of every file it ran; a process that fills its heap spends its time on clearing it.
  workerIdleMemoryLimit: '1GB',
  testSequencer: path.join(__dirname, 'jest.sequencer.cjs'),
  projects: [...packages, 'tools']
    .filter((folder) => fs.existsSync(path.join(__dirname, folder, 'jest.config.cjs')))
    .map((folder) => `<rootDir>/${folder}`),
};
