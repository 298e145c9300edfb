import { expect, test } from 'vitest'
import { closingLine, summarise } from './test-summary.ts'

function file(status: string, ...tests: readonly string[]) {
  return { name: 'a.test.ts', status, assertionResults: tests.map((each) => ({ status: each })) }
}

test('a green run says how many tests passed', () => {
  const report = {
    success: true,
    testResults: [file('passed', 'passed', 'passed'), file('passed', 'passed')],
  }
  expect(closingLine(summarise(report, 0))).toBe('3 passed, 0 failed')
})

test('skipped tests are named and never counted as passed', () => {
  const report = { success: true, testResults: [file('passed', 'passed', 'skipped', 'todo')] }
  expect(closingLine(summarise(report, 0))).toBe('1 passed, 0 failed, 2 skipped')
})

test('a file that cannot be loaded is one failure', () => {
  const report = { success: false, testResults: [file('failed'), file('passed', 'passed')] }
  expect(closingLine(summarise(report, 1))).toBe('1 passed, 1 failed')
})

test('a red run in which no test failed is not reported as green', () => {
  const report = { success: true, testResults: [file('passed', 'passed')] }
  expect(closingLine(summarise(report, 1))).toBe('1 passed, 1 failed')
})

test('a run without tests is red', () => {
  expect(closingLine(summarise({ success: true, testResults: [] }, 0))).toBe('0 passed, 1 failed')
})

test('failed tests are counted once, not again for their file', () => {
  const report = { success: false, testResults: [file('failed', 'failed', 'passed', 'failed')] }
  expect(closingLine(summarise(report, 1))).toBe('1 passed, 2 failed')
})
