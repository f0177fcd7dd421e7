// Lints snippets as if they lay at the given paths and prints, for each, the rules that spoke up.
// A process of its own, because ESLint's configuration is an ES module and Jest runs CommonJS.
import { ESLint } from 'eslint';
import { text } from 'node:stream/consumers';

const cases = JSON.parse(await text(process.stdin));
const eslint = new ESLint();
const spoken = [];
for (const { path, code } of cases) {
  const [result] = await eslint.lintText(code, { filePath: path });
  spoken.push(result.messages.map((message) => message.ruleId ?? message.message));
}
process.stdout.write(JSON.stringify(spoken));
