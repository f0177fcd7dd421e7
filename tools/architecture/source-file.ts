import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';

/** One `import`, `export … from`, `import()`, `require()` or `resolve()` with a literal specifier. */
export interface Import {
  specifier: string;
  line: number;
  /** Erased by the compiler: it orders the floors but loads nothing. */
  typeOnly: boolean;
}

/** A call or an access that some rule asks about, as `Date.now` or `gateway.deliver()`. */
export interface Use {
  text: string;
  line: number;
}

/** What the rules know of one file. `path` is relative to the workspace, with forward slashes. */
export interface SourceFile {
  path: string;
  role: 'source' | 'test' | 'config';
  imports: Import[];
  /** Member accesses (`Date.now`), argument-less `new Date()`, and free names called or read. */
  uses: Use[];
  /** Calls of a method, by name: `host.deliver(x)` gives `deliver`. */
  methodCalls: Use[];
  /** Every string literal and end of a template: packages that are resolved rather than imported, types of messages. */
  strings: string[];
}

const watchedNames = new Set([
  'console',
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'randomUUID',
]);

function roleOf(path: string): SourceFile['role'] {
  if (/\.(config|preset)\.[cm]?[jt]s$/.test(basename(path))) return 'config';
  if (/\.spec\.tsx?$/.test(path) || /\/testing\//.test(path)) return 'test';
  if (path.startsWith('apps/e2e/') || path.startsWith('libs/connectors/test-kit/')) return 'test';
  return 'source';
}

function specifierOfCall(node: ts.CallExpression): ts.StringLiteralLike | undefined {
  const [argument] = node.arguments;
  if (!argument || !ts.isStringLiteralLike(argument)) return undefined;
  const callee = node.expression;
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return argument;
  if (ts.isIdentifier(callee) && callee.text === 'require') return argument;
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'resolve') {
    return /^(require|import\.meta)$/.test(callee.expression.getText()) ? argument : undefined;
  }
  return undefined;
}

function importsTypesOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((one) => one.isTypeOnly)
  );
}

function importOf(node: ts.Node): { literal: ts.StringLiteralLike; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const literal = node.moduleSpecifier;
    return literal && ts.isStringLiteralLike(literal)
      ? { literal, typeOnly: importsTypesOnly(node) }
      : undefined;
  }
  if (
    ts.isImportTypeNode(node) &&
    ts.isLiteralTypeNode(node.argument) &&
    ts.isStringLiteralLike(node.argument.literal)
  ) {
    return { literal: node.argument.literal, typeOnly: true };
  }
  const literal = ts.isCallExpression(node) ? specifierOfCall(node) : undefined;
  return literal && { literal, typeOnly: false };
}

function useOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return watchedNames.has(node.expression.text) ? undefined : `${node.expression.text}.${node.name.text}`;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  return ts.isIdentifier(node) && watchedNames.has(node.text) ? node.text : undefined;
}

/** A name after a dot, before a colon or in a declaration is not the global of that name. */
function isFreeName(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return true;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node || node.text === 'randomUUID';
  return (
    !(ts.isPropertyAssignment(parent) && parent.name === node) &&
    !ts.isTypeElement(parent) &&
    !ts.isClassElement(parent)
  );
}

/** A name that the file itself declares or imports is not the global either. */
function declaredName(node: ts.Node): string | undefined {
  const declares =
    ts.isImportSpecifier(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node);
  return declares && node.name && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

/** Parses one file; nothing is resolved and nothing is type-checked. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const file: SourceFile = { path, role: roleOf(path), imports: [], uses: [], methodCalls: [], strings: [] };
  const lineOf = (node: ts.Node) => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = declaredName(node);
    if (name) declared.add(name);
    const found = importOf(node);
    if (found)
      file.imports.push({ specifier: found.literal.text, typeOnly: found.typeOnly, line: lineOf(node) });
    else if (ts.isStringLiteralLike(node) || ts.isTemplateTail(node)) file.strings.push(node.text);
    const use = useOf(node);
    if (use && isFreeName(node)) file.uses.push({ text: use, line: lineOf(node) });
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      file.methodCalls.push({ text: node.expression.name.text, line: lineOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { ...file, uses: file.uses.filter((use) => !declared.has(use.text)) };
}

/** Reads and parses one file of the workspace. */
export function readSource(root: string, path: string): SourceFile {
  return parseSource(path, readFileSync(`${root}/${path}`, 'utf8'));
}
