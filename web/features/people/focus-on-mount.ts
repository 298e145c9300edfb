/** For a field that somebody has just asked for: it takes the keys as it appears. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus()
}
