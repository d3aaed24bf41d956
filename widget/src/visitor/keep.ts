/**
 * The anonymous session of this browser, on the support origin only. Storage may be blocked or full; the chat
 * then lives as long as the page.
 */
export function sessionKeeper(siteId: string) {
  const name = `nightdesk:${siteId}`
  let held: string | undefined
  return {
    read: (): string | undefined => {
      try {
        return localStorage.getItem(name) ?? held
      } catch {
        return held
      }
    },
    write: (token: string): void => {
      held = token
      try {
        localStorage.setItem(name, token)
      } catch {
        // Kept in memory above.
      }
    },
    forget: (): void => {
      held = undefined
      try {
        localStorage.removeItem(name)
      } catch {
        // There was nothing to forget.
      }
    },
  }
}
