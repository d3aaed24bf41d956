import { ChatError } from '@nightdesk/shared/errors.ts'
import type { Handlers } from '@nightdesk/shared/protocol/table.ts'
import { PROTOCOL_VERSION } from '@nightdesk/shared/protocol/version.ts'
import type { VisitorAsks } from '@nightdesk/shared/protocol/visitor.ts'
import { visitorAuth, visitorNamespace } from '@nightdesk/shared/protocol/visitor.ts'
import * as v from 'valibot'
import { askForHuman, closeAsVisitor, leaveQueue } from '../chat/handoff.ts'
import { markReadByVisitor, showTypingOfVisitor } from '../chat/presence.ts'
import { readPage, readPlace } from '../chat/read.ts'
import { ownConversation } from '../chat/record.ts'
import { say, startConversation } from '../chat/say.ts'
import { summaryOf } from '../chat/views.ts'
import type { Site } from '../config.ts'
import { openVisitorSession, type VisitorSession } from '../identity/visitor-session.ts'
import type { Parts } from '../parts.ts'
import { closeAt } from './close-at.ts'
import type { DoorSettings } from './door.ts'
import { handshakeError } from './handshake.ts'
import type { VisitorNamespace } from './io.ts'
import { rooms } from './rooms.ts'
import { serve } from './serve.ts'

const LISTED = 30

export function visitorSockets(
  namespace: VisitorNamespace,
  parts: Parts,
  door: DoorSettings,
  sites: Site[],
): void {
  namespace.use((socket, next) => {
    admit(socket.handshake.auth, socket.handshake.headers['accept-language']).then(
      session => {
        socket.data.session = session
        next()
      },
      error => next(handshakeError(error, door.log)),
    )
  })

  async function admit(auth: unknown, language: string | undefined): Promise<VisitorSession> {
    const parsed = v.safeParse(visitorAuth, auth)
    if (!parsed.success) throw new ChatError('INVALID_INPUT')
    if (parsed.output.protocol !== PROTOCOL_VERSION) throw new ChatError('PROTOCOL_UNSUPPORTED')
    const site = sites.find(one => one.id === parsed.output.site)
    if (!site) throw new ChatError('SITE_UNKNOWN')
    const locale = /^[A-Za-z-]{2,35}/.exec(language ?? '')?.[0] ?? 'en'
    return openVisitorSession({ ...parts, secretKey: door.secretKey }, site, { ...parsed.output, locale })
  }

  const handlers = visitorHandlers(parts)
  namespace.on('connection', socket => {
    const { session } = socket.data
    // Rooms before snapshots: what happens between the two is told, and a repeated seq is ignored.
    void socket.join(rooms.visitor(session.visitor.id))
    if (session.expiresAt !== undefined) closeAt(socket, session.expiresAt, door.now())
    serve(socket, visitorNamespace.asks, handlers, { ...door, who: session, rates: door.rates.visitor })
  })
}

function visitorHandlers(parts: Parts): Handlers<VisitorAsks, VisitorSession> {
  return {
    'session:start': async session => {
      const listed = await parts.store.conversationsOf(session.visitor.id, LISTED)
      return {
        visitor: session.self,
        ...(session.newToken === undefined ? {} : { session: session.newToken }),
        onDuty: parts.live.onDuty() > 0,
        conversations: listed.map(summaryOf),
      }
    },
    'conversation:start': async ({ visitor }, input) => {
      const { conversation } = await startConversation(parts, visitor, input)
      return readPage(parts, { conversationId: conversation.id })
    },
    'conversation:open': async ({ visitor }, input) => {
      const conversation = await ownConversation(parts, visitor, input.conversationId)
      return { ...(await readPage(parts, input)), place: await readPlace(parts, conversation) }
    },
    'conversation:close': ({ visitor }, { conversationId }) => closeAsVisitor(parts, visitor, conversationId),
    'message:send': ({ visitor }, { conversationId, ...words }) => say(parts, visitor, conversationId, words),
    'message:read': async ({ visitor }, { conversationId, seq }) => {
      await markReadByVisitor(parts, visitor, conversationId, seq)
      return {}
    },
    'human:request': ({ visitor }, { conversationId }) => askForHuman(parts, visitor, conversationId),
    'queue:leave': ({ visitor }, { conversationId }) => leaveQueue(parts, visitor, conversationId),
    'typing:start': async ({ visitor }, { conversationId }) => {
      await showTypingOfVisitor(parts, visitor, conversationId)
      return {}
    },
  }
}
