const dark = matchMedia('(prefers-color-scheme: dark)')
let wanted = 'auto'

/** `auto` follows the device, also when it changes its mind at night. */
export function setTheme(theme: string): void {
  wanted = theme
  const isDark = wanted === 'dark' || (wanted !== 'light' && dark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

dark.addEventListener('change', () => setTheme(wanted))
