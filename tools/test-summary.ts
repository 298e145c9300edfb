interface TestFile {
  readonly name: string
  readonly status: string
  readonly assertionResults: readonly { readonly status: string }[]
}

/** The part of vitest's JSON report that the closing line is made of. */
export interface TestReport {
  readonly success: boolean
  readonly testResults: readonly TestFile[]
}

export interface TestSummary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Counts tests. A file that could not be loaded counts as one failure, and so does a run that
 * failed in a way that no single test shows, so that a red run never reads `0 failed`.
 */
export function summarise(report: TestReport, exitCode: number): TestSummary {
  const statuses = report.testResults.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const failedTests = statuses.filter((status) => status === 'failed').length
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = failedTests + brokenFiles
  const isRed = exitCode !== 0 || !report.success || statuses.length === 0
  return {
    passed,
    failed: failed === 0 && isRed ? 1 : failed,
    skipped: statuses.length - passed - failedTests,
  }
}

export function closingLine(summary: TestSummary): string {
  const skipped = summary.skipped > 0 ? `, ${summary.skipped} skipped` : ''
  return `${summary.passed} passed, ${summary.failed} failed${skipped}`
}
