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
import { askLimits } from '../door/ask-limits.ts'
import { countConversation } from '../door/new-conversation.ts'
import { ceilingsOf, type LimitSettings } from '../door/settings.ts'
import { openVisitorSession, type VisitorSession } from '../identity/visitor-session.ts'
import type { Parts } from '../parts.ts'
import { closeAt } from './close-at.ts'
import type { DoorSettings } from './door.ts'
import { letIn } from './handshake.ts'
import type { VisitorNamespace, VisitorSocket } from './io.ts'
import { rooms } from './rooms.ts'
import { createSeats } from './seats.ts'
import { serve } from './serve.ts'

const LISTED = 30

/** A visitor at the door, and from where. */
type Who = VisitorSession & { address: string }

/** A dead phone's connections are noticed and gone within the ping's interval and timeout. */
const SEATS_TAKEN_WAIT_MS = 10_000

export function visitorSockets(
  namespace: VisitorNamespace,
  parts: Parts,
  door: DoorSettings,
  sites: Site[],
): void {
  const { settings, gate, proofs, counters } = door
  const seats = createSeats(settings.sockets.perVisitor)

  letIn<VisitorSocket>(namespace, door, async socket => {
    const session = await admit(socket)
    if (!seats.take(session.visitor.id, socket.conn)) {
      throw new ChatError('RATE_LIMITED', { retryAfterMs: SEATS_TAKEN_WAIT_MS })
    }
    socket.data.session = session
  })

  async function admit({ handshake, request }: VisitorSocket): Promise<VisitorSession> {
    const parsed = v.safeParse(visitorAuth, handshake.auth)
    if (!parsed.success) throw new ChatError('INVALID_INPUT')
    const { protocol, identity, proof } = parsed.output
    if (protocol !== PROTOCOL_VERSION) throw new ChatError('PROTOCOL_UNSUPPORTED')
    const site = sites.find(one => one.id === parsed.output.site)
    if (!site) throw new ChatError('SITE_UNKNOWN')
    const locale = /^[A-Za-z-]{2,35}/.exec(handshake.headers['accept-language'] ?? '')?.[0] ?? 'en'

    const address = gate.addressOf(request)
    let proven = false
    // A proof is good once, and one is enough for a handshake.
    const prove = async () => {
      if (!proven) await proofs.demand(proof, 'connect', address)
      proven = true
    }
    // Whom the exchange has signed needs no proof: only guests can be made out of nothing.
    const crowded = gate.open(request) > settings.sockets.perAddress.free
    if (crowded && identity === undefined) await prove()
    return openVisitorSession(
      { ...parts, secretKey: door.secretKey },
      site,
      { ...parsed.output, locale },
      async () => {
        if ((await counters.limits.take(`guest:${address}`, settings.guest)) > 0) await prove()
      },
    )
  }

  const ceilings = new Map(sites.map(site => [site.id, ceilingsOf(site, settings.site)]))
  const ofSite = (id: string) => ceilings.get(id) ?? settings.site
  const handlers = visitorHandlers(parts, door, ofSite)
  namespace.on('connection', socket => {
    const { session } = socket.data
    const { id, siteId } = session.visitor
    // Rooms before snapshots: what happens between the two is told, and a repeated seq is ignored.
    void socket.join(rooms.visitor(id))
    if (session.expiresAt !== undefined) closeAt(socket, session.expiresAt, door.now())
    const ceiling = { key: `message:${siteId}`, rate: ofSite(siteId).message }
    serve(socket, visitorNamespace.asks, handlers, {
      ...door,
      who: { ...session, address: gate.addressOf(socket.request) },
      waitFor: askLimits(counters, settings.visitor, id, session.self.verified ? undefined : ceiling),
    })
  })
}

function visitorHandlers(
  parts: Parts,
  { settings, proofs }: DoorSettings,
  ofSite: (id: string) => LimitSettings['site'],
): Handlers<VisitorAsks, Who> {
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
    'conversation:start': async ({ visitor, self, address }, { proof, ...input }) => {
      const { id, siteId } = visitor
      const uncount = await countConversation(
        { limits: parts.limits, proofs, settings: { ...settings, site: ofSite(siteId) } },
        { id, siteId, verified: self.verified, address, proof },
      )
      const { conversation, repeated } = await startConversation(parts, visitor, input)
      if (repeated) await uncount()
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
