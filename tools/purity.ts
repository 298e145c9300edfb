// Proves that pure files are pure: they compile with the language alone. Types of the DOM and of Node
// are hidden from the compiler, so that no package can let them in by a side door.
import { join } from 'node:path'
import ts from 'typescript'
import { isPure } from './rooms.ts'
import { root } from './source-files.ts'

const hidden =
  /[\\/](@types[\\/](node|react|react-dom)|undici-types|typescript[\\/]lib[\\/]lib\.(dom|webworker)[\w.]*\.d\.ts)/

export interface PurityReport {
  readonly count: number
  readonly problems: readonly string[]
}

/** Checks the pure files among `paths`; `planted` files exist in memory only. */
export function checkPurity(
  paths: readonly string[],
  planted: ReadonlyMap<string, string> = new Map(),
): PurityReport {
  const pure = [...paths, ...planted.keys()].filter(isPure)
  const options = pureOptions()
  const program = ts.createProgram({
    rootNames: [...pure, 'tools/pure-globals.d.ts'].map((path) => join(root, path)),
    options,
    host: hidingHost(options, planted),
  })
  const checked = new Set(pure.map((path) => posix(join(root, path))))
  const problems = program
    .getSourceFiles()
    .filter((file) => checked.has(posix(file.fileName)))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(sentence)
  return { count: pure.length, problems }
}

function pureOptions(): ts.CompilerOptions {
  const file = join(root, 'tsconfig.pure.json')
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as { config: unknown }
  return ts.parseJsonConfigFileContent(config, ts.sys, root, undefined, file).options
}

function hidingHost(options: ts.CompilerOptions, planted: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true)
  const plantedAt = new Map([...planted].map(([path, text]) => [posix(join(root, path)), text]))
  return {
    ...host,
    fileExists: (path) => plantedAt.has(posix(path)) || (!hidden.test(path) && host.fileExists(path)),
    readFile: (path) => plantedAt.get(posix(path)) ?? (hidden.test(path) ? undefined : host.readFile(path)),
    getSourceFile: (path, languageVersion, ...rest) => {
      const text = plantedAt.get(posix(path))
      if (text !== undefined) return ts.createSourceFile(path, text, languageVersion, true)
      return hidden.test(path) ? undefined : host.getSourceFile(path, languageVersion, ...rest)
    },
  }
}

function sentence(diagnostic: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
  if (diagnostic.file === undefined || diagnostic.start === undefined) return text
  const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start)
  return `${posix(diagnostic.file.fileName).slice(posix(root).length + 1)}:${line + 1}  ${text}`
}

function posix(path: string): string {
  return path.replaceAll('\\', '/')
}
