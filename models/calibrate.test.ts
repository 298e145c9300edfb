import { expect, test } from 'vitest'
import { bestTemperature, calibrationError, logLoss, probabilityOf } from './calibrate.ts'

test('probabilities of all classes add up to one, and a higher temperature evens them out', () => {
  const sum = [0, 1, 2].reduce((total, target) => total + probabilityOf([2, 0, -1], target, 1), 0)
  expect(sum).toBeCloseTo(1)
  expect(probabilityOf([2, 0, -1], 0, 3)).toBeLessThan(probabilityOf([2, 0, -1], 0, 1))
})

test('scores that are twice too sure are cooled by a temperature of two', () => {
  // Truth by the logistic of x; the head says 2x.
  const judged = [-2, -1, -0.5, 0.5, 1, 2].flatMap((x) => {
    const chance = 1 / (1 + Math.exp(-x))
    return [
      { scores: [0, 2 * x], target: 1, weight: chance },
      { scores: [0, 2 * x], target: 0, weight: 1 - chance },
    ]
  })
  const temperature = bestTemperature(judged)
  expect(temperature).toBeCloseTo(2, 2)
  expect(logLoss(judged, temperature)).toBeLessThan(logLoss(judged, 1))
})

test('the calibration error is the distance between what was stated and what was right', () => {
  const answers = Array.from({ length: 10 }, (_, i) => ({ probability: 0.85, isRight: i < 6 }))
  expect(calibrationError(answers)).toBeCloseTo(0.25)
})
