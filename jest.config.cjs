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
  projects: [...packages, 'tools']
    .filter((folder) => fs.existsSync(path.join(__dirname, folder, 'jest.config.cjs')))
    .map((folder) => `<rootDir>/${folder}`),
};
