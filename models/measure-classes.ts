export interface ClassScores {
  readonly accuracy: number
  /** Mean of the recalls of all classes. */
  readonly macroRecall: number
  /** Mean of the F1 of all classes. */
  readonly macroF1: number
  readonly perClass: readonly ClassScore[]
}

export interface ClassScore {
  readonly name: string
  readonly count: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** `truth` and `found` hold one class name for each text. */
export function measureClasses(truth: readonly string[], found: readonly string[]): ClassScores {
  const names = [...new Set(truth)].toSorted()
  const perClass = names.map((name) => measureClass(name, truth, found))
  const right = truth.filter((name, i) => name === found[i]).length
  return {
    accuracy: right / truth.length,
    macroRecall: mean(perClass.map((one) => one.recall)),
    macroF1: mean(perClass.map((one) => one.f1)),
    perClass,
  }
}

function measureClass(name: string, truth: readonly string[], found: readonly string[]): ClassScore {
  const count = truth.filter((one) => one === name).length
  const given = found.filter((one) => one === name).length
  const right = truth.filter((one, i) => one === name && found[i] === name).length
  const precision = given === 0 ? 0 : right / given
  const recall = count === 0 ? 0 : right / count
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { name, count, precision, recall, f1 }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
