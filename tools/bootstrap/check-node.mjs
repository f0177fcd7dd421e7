// Imported first, and written for any Node that knows modules: an old one has to get this line, not a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Repartee needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}
