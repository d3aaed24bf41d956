import type { VisitorId } from '@nightdesk/shared/ids.ts'

/** Who is told: all tabs and devices of a visitor, all sockets of one agent, everybody at the desk. */
export const rooms = {
  visitor: (id: VisitorId) => `visitor:${id}`,
  agent: (code: string) => `agent:${code}`,
  session: (id: string) => `session:${id}`,
  desk: 'desk',
} as const
