import { expect, test } from 'vitest'
import { shownPanes } from './shown-panes.ts'

const all = { list: true, thread: true, aside: true }

test('a wide desk shows list, thread and person; without an open case no person', () => {
  expect(shownPanes({ case: 'c' }, 3)).toEqual(all)
  expect(shownPanes({}, 3)).toEqual({ ...all, aside: false })
})

test('on a middling desk the person takes the place of the list when asked for', () => {
  expect(shownPanes({ case: 'c' }, 2)).toEqual({ ...all, aside: false })
  expect(shownPanes({ case: 'c', panel: 'person' }, 2)).toEqual({ ...all, list: false })
})

test('on a phone one pane at a time', () => {
  expect(shownPanes({}, 1)).toEqual({ list: true, thread: false, aside: false })
  expect(shownPanes({ case: 'c', panel: 'path' }, 1)).toEqual({ list: false, thread: true, aside: false })
  expect(shownPanes({ case: 'c', panel: 'log' }, 1)).toEqual({ list: false, thread: false, aside: true })
})
