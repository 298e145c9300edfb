import ts from 'typescript'

export interface Sample {
  readonly path: string
  readonly text: string
}

/** One habit of the house. The planted breaches must be caught and the permitted samples must pass, in every run. */
export interface HouseRule {
  readonly name: string
  readonly why: string
  readonly appliesTo: (path: string) => boolean
  readonly breaches: (file: ts.SourceFile) => readonly ts.Node[]
  readonly planted: readonly Sample[]
  readonly permitted: readonly Sample[]
}

export interface Breach {
  readonly rule: string
  readonly why: string
  readonly path: string
  readonly line: number
  readonly text: string
}

export function parse(sample: Sample): ts.SourceFile {
  const kind = sample.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return ts.createSourceFile(sample.path, sample.text, ts.ScriptTarget.ESNext, true, kind)
}

export function breachesOf(rule: HouseRule, file: ts.SourceFile): readonly Breach[] {
  if (!rule.appliesTo(file.fileName)) return []
  return rule.breaches(file).map((node) => ({
    rule: rule.name,
    why: rule.why,
    path: file.fileName,
    line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
    text: node.getText(file).split('\n')[0]?.slice(0, 90) ?? '',
  }))
}

/** What the rule fails to do with its own samples; empty when it works. */
export function selfTest(rule: HouseRule): readonly string[] {
  const missed = rule.planted
    .filter((sample) => breachesOf(rule, parse(sample)).length === 0)
    .map((sample) => `${rule.name}: the breach planted in ${sample.path} was not caught: ${sample.text}`)
  const falseAlarms = rule.permitted
    .filter((sample) => breachesOf(rule, parse(sample)).length > 0)
    .map((sample) => `${rule.name}: a false alarm on ${sample.path}: ${sample.text}`)
  const untested = rule.planted.length === 0 ? [`${rule.name}: no breach is planted`] : []
  return [...missed, ...falseAlarms, ...untested]
}
