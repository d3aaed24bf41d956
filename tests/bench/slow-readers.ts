import { join } from 'node:path'
import { freePort } from '@nightdesk/demo/services/ports.ts'
import { DESK_COOKIE } from '@nightdesk/server/identity/desk-cookie.ts'
import { newToken } from '@nightdesk/server/identity/secrets.ts'
import { createSignIn } from '@nightdesk/server/identity/sign-in.ts'
import { openSqliteStore } from '@nightdesk/server/store/sqlite/sqlite-store.ts'
import { newId } from '@nightdesk/shared/ids.ts'
import { io, type Socket } from 'socket.io-client'
import { serverProcess } from '../support/server-process.ts'
import { root } from '../support/sources.ts'
import { rssOf } from './flood-run.ts'

type Options = { readers: number; seconds: number; bytesPerSecond: number }

/** Tabs of one visitor that stop reading while an agent writes to them. The server is the one without limits on asks. */
export async function runSlowReaders({ readers, seconds, bytesPerSecond }: Options) {
  const port = await freePort()
  const site = {
    id: 'st_demo',
    name: 'Slow',
    origins: ['http://localhost:1'],
    faqDir: join(root, 'demo/faq'),
  }
  const server = serverProcess(port, { ...site, identitySecret: newToken() }, 'tests/faults/server.ts', {
    LOG_LEVEL: 'silent',
  })
  await server.start()
  try {
    const { origin } = server
    const visitor = (session?: string) =>
      connected(`${origin}/visitor`, origin, {
        protocol: 1,
        site: 'st_demo',
        ...(session ? { session } : {}),
      })
    const ada = await visitor()
    const { session } = await asked(ada, 'session:start', {})
    const first = { key: newId('mk'), text: 'human', locale: 'en' }
    const conversationId = (await asked(ada, 'conversation:start', first)).conversation.id
    await asked(ada, 'human:request', { conversationId })
    ada.disconnect()

    const cookie = await agentCookie(server)
    const sam = await connected(`${origin}/agent`, origin, { protocol: 1 }, cookie)
    await asked(sam, 'conversation:take', { conversationId })

    const tabs = await Promise.all(Array.from({ length: readers }, () => visitor(session)))
    const lines = tabs.map(lineOf)
    for (const line of lines) line.pause()
    const before = rssOf(server.pid())
    let most = before
    let told = 0
    const text = 'x'.repeat(4000)
    const perSecond = bytesPerSecond / readers / (text.length + 200)
    const started = performance.now()
    for (;;) {
      const elapsed = (performance.now() - started) / 1000
      if (elapsed > seconds) break
      const due = Math.floor(elapsed * perSecond) - told
      await Promise.all(
        Array.from({ length: due }, () =>
          asked(sam, 'message:send', { conversationId, key: newId('mk'), text }),
        ),
      )
      told += due
      most = Math.max(most, rssOf(server.pid()))
      await new Promise(resolve => setTimeout(resolve, 20))
    }

    const again = await visitor(session)
    const seqs: number[] = []
    for (let after = 0, more = true; more; ) {
      const page = await asked(again, 'conversation:open', { conversationId, after, limit: 200 })
      seqs.push(...page.messages.map((message: { seq: number }) => message.seq))
      after = seqs.at(-1) ?? after
      more = page.more
    }
    let cut = 0
    for (const tab of tabs) tab.on('disconnect', () => cut++)
    for (const line of lines) line.resume()
    await new Promise(resolve => setTimeout(resolve, 3000))
    for (const one of [...tabs, again, sam]) one.disconnect()
    const missing = seqs.filter((seq, index) => seq !== index + 1).length + Math.max(0, told - seqs.length)
    return { readers, told, cut, grown: most - before, missing }
  } finally {
    server.remove()
  }
}

async function connected(url: string, origin: string, auth: object, cookie?: string): Promise<Socket> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { origin, ...(cookie ? { cookie } : {}) },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

async function asked(socket: Socket, event: string, input: object) {
  const reply = await socket.emitWithAck(event, input)
  if (!reply.ok) throw new Error(`${event}: ${reply.error.code}`)
  return reply.value
}

async function agentCookie({ databasePath, secretKey }: ReturnType<typeof serverProcess>): Promise<string> {
  const store = openSqliteStore(databasePath)
  const signIn = createSignIn({ store, secretKey, now: Date.now })
  const agent = await store.addAgent({ name: 'Sam', email: 'sam@x', at: Date.now() })
  const session = await signIn.withLink(await signIn.invite(agent))
  await store.close()
  return `${DESK_COOKIE}=${session}`
}

type Deep = { io: { engine: { transport: { ws: { _socket: { pause(): void; resume(): void } } } } } }
const lineOf = (socket: Socket) => (socket as unknown as Deep).io.engine.transport.ws._socket
