import { createServer } from 'node:http'
import { newId } from '@nightdesk/shared/ids.ts'
import { createAdapter as pubSubAdapter } from '@socket.io/redis-adapter'
import { createAdapter as streamsAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import { Server } from 'socket.io'
import { journal } from './journal.ts'

/**
 * The anchor: socket.io as it comes, WebSocket only, with the same names on the wire and messages of the same shape
 * as Nightdesk's, and nothing else. It believes everybody and tells one agent. It stores nothing, unless
 * `DATABASE_URL` names a SQLite file: then each message is flushed before it is answered.
 */
type Said = { conversationId: string; key: string; text: string }
type Reply = (answer: { ok: true; value: object }) => void

const { PORT, STORES, ADAPTER, REDIS_URL, DATABASE_URL = '' } = process.env
const http = createServer((_, response) => response.end('ok'))
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  pingInterval: 20_000,
  pingTimeout: 15_000,
})
if (ADAPTER === 'pubsub') io.adapter(pubSubAdapter(await redis(), await redis()))
if (ADAPTER === 'streams') io.adapter(streamsAdapter(await redis()))
const keep = STORES === 'yes' ? journal(DATABASE_URL.slice('sqlite:'.length)) : undefined
const visitors = io.of('/visitor')
const agents = io.of('/agent')
let seq = 0

visitors.on('connection', socket => {
  const { agent, visitor } = socket.handshake.auth as { agent: string; visitor: string }
  void socket.join(`visitor:${visitor}`)
  socket.on('session:start', (_: object, reply: Reply) => reply({ ok: true, value: {} }))
  listen(socket, { role: 'visitor' }, () => agents.to(`agent:${agent}`))
})
agents.on('connection', socket => {
  const { agent } = socket.handshake.auth as { agent: string }
  void socket.join(['desk', `agent:${agent}`])
  socket.on('session:start', (_: object, reply: Reply) => reply({ ok: true, value: {} }))
  // A conversation's id begins with its visitor's.
  listen(socket, { role: 'agent', agent: { code: agent, name: agent } }, said =>
    visitors.to(`visitor:${said.conversationId.slice(0, 'cv_'.length + 11)}`),
  )
})
http.listen(Number(PORT), '127.0.0.1')

type Socket = { on(event: 'message:send', listener: (said: Said, reply: Reply) => void): unknown }
type Room = { emit(event: 'message:added', message: object): unknown }

function listen(socket: Socket, author: object, roomOf: (said: Said) => Room): void {
  socket.on('message:send', (said, reply) => {
    const { conversationId, key, text } = said
    const accepted = { id: newId('ms'), seq: ++seq, sentAt: Date.now() }
    const message = { ...accepted, conversationId, author, body: { kind: 'text', text }, key }
    const answer = () => {
      reply({ ok: true, value: accepted })
      roomOf(said).emit('message:added', message)
    }
    if (keep) keep(message, answer)
    else answer()
  })
}

async function redis() {
  const client = createClient(REDIS_URL ? { url: REDIS_URL } : {})
  await client.connect()
  return client
}
