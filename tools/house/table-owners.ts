import ts from 'typescript'
import { isTest, sliceOf } from '../rooms.ts'
import { findNodes, isMethodCall, isTagged } from './find.ts'

const writers = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto'])
const writtenInSql = /\b(?:insert\s+into|update|delete\s+from)\s+"?([a-z_]+)"?/gi

/**
 * A table is written by the one slice that owns it. Returns a sentence for each table that two slices
 * write; the platform is left out, as it serves all of them.
 */
export function tableOwnership(files: readonly ts.SourceFile[]): readonly string[] {
  const slicesByTable = new Map<string, Set<string>>()
  for (const file of files) {
    const slice = isTest(file.fileName) ? undefined : sliceOf(file.fileName)
    if (slice === undefined) continue
    for (const table of writtenTables(file)) {
      slicesByTable.set(table, (slicesByTable.get(table) ?? new Set()).add(slice))
    }
  }
  return [...slicesByTable]
    .filter(([, slices]) => slices.size > 1)
    .map(([table, slices]) => `table ${table} is written by several slices: ${[...slices].sort().join(', ')}`)
    .sort()
}

function writtenTables(file: ts.SourceFile): readonly string[] {
  return findNodes(file, (node) => isMethodCall(node, writers) || isTagged(node, 'sql')).flatMap((node) => {
    if (ts.isCallExpression(node)) return tableName(node.arguments[0])
    return ts.isTaggedTemplateExpression(node) ? tablesInSql(node.template.getText()) : []
  })
}

function tableName(argument: ts.Expression | undefined): readonly string[] {
  if (argument === undefined || !ts.isStringLiteralLike(argument)) return []
  return [argument.text.split(' ')[0] ?? argument.text]
}

/** `on conflict do update set` and `for update of` write no further table. */
function tablesInSql(text: string): readonly string[] {
  const plain = text.replaceAll(/\b(do\s+update\s+set|for\s+(no\s+key\s+)?update(\s+of)?)\b/gi, ' ')
  return [...plain.matchAll(writtenInSql)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1].toLowerCase()],
  )
}
