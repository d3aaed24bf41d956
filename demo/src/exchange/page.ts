import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { customers } from './customers.ts'

export const site = fileURLToPath(new URL('../../site', import.meta.url))

/** The trading page with the two things only the server knows: the support tag and who can log in. */
export function createPage(options: { nightdeskUrl: string; siteId: string }): string {
  const widget = text(`${options.nightdeskUrl.replace(/\/$/, '')}/widget.js`)
  const tag = `<script async src="${widget}" data-site="${text(options.siteId)}" data-token-url="/api/support-token"></script>`
  const choices = customers.map(
    ({ id, name, locale, about }) =>
      `<button type="submit" class="person" name="customer" value="${text(id)}"><b lang="${locale}">${text(name)}</b> <span>${text(about)}</span></button>`,
  )
  // Replacement functions, because a "$&" inside a replacement string would be expanded.
  return readFileSync(`${site}/index.html`, 'utf8')
    .replace('<!-- support tag -->', () => tag)
    .replace('<!-- customers -->', () => choices.join('\n'))
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
