/** Icons are path data on a 20 grid, imported by name so that an app ships only those it uses. */
export function Icon({ d, small, flip }: { d: string; small?: boolean; flip?: boolean }) {
  return (
    <svg class={`i${small ? ' s' : ''}${flip ? ' flip' : ''}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={d} />
    </svg>
  )
}
