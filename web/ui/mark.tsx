/** The mark: an open ring. Takes the colour of the text around it. */
export function Mark({ size = 20, className }: { readonly size?: number; readonly className?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path
        d="M10.2 26.6a12 12 0 1 1 11.6 0"
        fill="none"
        stroke="currentColor"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </svg>
  )
}
