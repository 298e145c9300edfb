import ts from 'typescript'

/** Every node of a file, in source order, that the question says yes to. */
export function findNodes(file: ts.SourceFile, question: (node: ts.Node) => boolean): readonly ts.Node[] {
  const found: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    if (question(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Imports, re-exports and dynamic imports whose module name the pattern matches; `import type` counts unless left out. */
export function findImports(
  file: ts.SourceFile,
  pattern: RegExp,
  options: { readonly typesToo: boolean } = { typesToo: true },
): readonly ts.Node[] {
  return findNodes(file, (node) => {
    const name = importedModule(node)
    if (name === undefined || !pattern.test(name)) return false
    return options.typesToo || !isTypeOnly(node)
  })
}

/** True for `import { a, b } from …` in which every name is one of these. */
export function takesOnly(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (!ts.isImportDeclaration(node)) return false
  const bindings = node.importClause?.namedBindings
  if (node.importClause?.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings))
    return false
  return bindings.elements.every((element) => names.has((element.propertyName ?? element.name).text))
}

function importedModule(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literalText(node.moduleSpecifier)
  if (ts.isCallExpression(node) && isImportCall(node)) return literalText(node.arguments[0])
  return undefined
}

function isImportCall(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require'
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
}

function literalText(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
}

/** Calls of a plain name, such as `fetch(…)` or `globalThis.fetch(…)`. */
export function isCallOfGlobal(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false
  const callee = node.expression
  if (ts.isIdentifier(callee)) return names.has(callee.text)
  return (
    ts.isPropertyAccessExpression(callee) &&
    /^(globalThis|window|self)$/.test(callee.expression.getText()) &&
    names.has(callee.name.text)
  )
}

/** Calls of a method by its name, whatever it is called on. */
export function isMethodCall(node: ts.Node, names: ReadonlySet<string>): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    names.has(node.expression.name.text)
  )
}

/** `object.name`, read in any way. */
export function isAccess(node: ts.Node, object: string, name: string): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.expression.getText() === object && node.name.text === name
  return (
    ts.isElementAccessExpression(node) &&
    node.expression.getText() === object &&
    literalText(node.argumentExpression) === name
  )
}

/** A template tagged with the name, such as sql`…`. */
export function isTagged(node: ts.Node, tag: string): node is ts.TaggedTemplateExpression {
  return ts.isTaggedTemplateExpression(node) && /^\w+/.exec(node.tag.getText())?.[0] === tag
}
