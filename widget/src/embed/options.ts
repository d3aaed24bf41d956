/**
 * Every option of the tag, once: its name, its default and, from the default, its type. The attribute is the
 * name in kebab case after `data-`. README's table is checked against this one by a test.
 */
export const DEFAULTS = {
  /** The site's id, `st_…`. */
  site: '',
  /** Where the exchange answers `{token}` for a customer, 204 for a guest. */
  tokenUrl: '',
  /** A language tag, or `auto`: the page's, then the browser's. */
  locale: 'auto',
  /** `auto`, `light` or `dark`. */
  theme: 'auto',
  /** `right` or `left`. */
  position: 'right',
  offsetX: 24,
  offsetY: 24,
  zIndex: 2147483000,
  hideLauncher: false,
}

export type Options = typeof DEFAULTS

/** Reads `data-*` attributes; what is missing or not of its type stays at its default. */
export function readOptions(data: Record<string, string | undefined>): Options {
  const options: Record<string, string | number | boolean> = { ...DEFAULTS }
  for (const name in options) {
    const given = data[name]
    const type = typeof options[name]
    // A bare attribute arrives as an empty text and means yes.
    if (type === 'boolean') options[name] = given !== undefined && given !== 'false'
    else if (!given) continue
    else if (type === 'string') options[name] = given
    else if (+given >= 0) options[name] = +given
  }
  return options as Options
}
