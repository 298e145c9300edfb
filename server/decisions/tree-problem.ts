export interface TreeProblem {
  /** JSON path, such as `$.nodes[3].when.of[0].anyOf`. */
  readonly path: string
  readonly reason: string
}

export function jsonPath(path: readonly PropertyKey[]): string {
  return `$${path.map(jsonStep).join('')}`
}

export function jsonStep(key: PropertyKey): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_]\w*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(String(key))}]`
}
