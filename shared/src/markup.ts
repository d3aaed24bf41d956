/**
 * The whole markup of Nightdesk: paragraphs, numbered steps, bold. It is parsed into a tree that the apps
 * build as DOM nodes; no text of anybody ever becomes HTML. Only reviewed FAQ answers are parsed at all.
 */
export type Span = { bold: boolean; text: string }
export type Block = { kind: 'paragraph'; spans: Span[] } | { kind: 'steps'; items: Span[][] }

const STEP = /^\d{1,2}\.\s+/

/** Parses an answer. Anything that is not markup is text, so that no input can fail. */
export function parseMarkup(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(parseBlock)
}

function parseBlock(part: string): Block {
  const lines = part.split('\n').map(line => line.trim())
  if (!STEP.test(lines[0] ?? '')) return { kind: 'paragraph', spans: parseSpans(lines.join(' ')) }
  const items: string[] = []
  for (const line of lines) {
    if (STEP.test(line)) items.push(line.replace(STEP, ''))
    else items.push(`${items.pop()} ${line}`)
  }
  return { kind: 'steps', items: items.map(parseSpans) }
}

function parseSpans(line: string): Span[] {
  const parts = line.split('**')
  // A lone pair of asterisks opens nothing: it stays text.
  if (parts.length % 2 === 0) {
    const tail = parts.pop()
    parts.push(`${parts.pop()}**${tail}`)
  }
  return parts.map((text, index) => ({ text, bold: index % 2 === 1 })).filter(span => span.text !== '')
}
