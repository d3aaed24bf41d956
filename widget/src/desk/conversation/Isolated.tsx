/** Amounts with their ticker, telephone numbers, hashes and addresses: one piece, left to right, wherever it stands. */
const PIECE = /\+?\d[\d ().,-]{5,}\d(?:\s?[A-Z]{2,10}\b)?|\d[\d.,]*\s?[A-Z]{2,10}\b|[A-Za-z0-9]{20,}/g

/** Plain words of a person. "250.00 USDT" does not turn round in an Arabic sentence. */
export function Isolated({ text }: { text: string }) {
  const parts = []
  let end = 0
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const short = piece.length <= 20
    parts.push(
      text.slice(end, index),
      <bdi dir="ltr" class={short ? 'whole' : ''}>
        {piece}
      </bdi>,
    )
    end = index + piece.length
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  )
}
