/** What the control is, for the page and the CSV. */
export const controlDefinition =
  'Answered: turns that we answered in time, with the last words of the person up to the answer and their last words ' +
  'in the 7 days after it. Control: turns that began alike but were due and had no answer in time; the same is ' +
  'compared around the moment at which the answer was due, up to a late answer. In time means within the target of ' +
  'the case, and within 24 hours where none was set. Words that could not be read with confidence are left out. The ' +
  'net shift of the control is weighted to begin as the answered ones began.'
