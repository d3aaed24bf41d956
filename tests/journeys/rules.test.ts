import { newId } from '@nightdesk/shared/ids.ts'
import { expect, test } from 'vitest'
import { newNightdesk, visitorWithAgent } from '../support/desk.ts'

test('[A1] every ask is answered once, the refused ones too', async () => {
  const { ada } = await visitorWithAgent()
  let answers = 0
  await new Promise<void>(resolve => {
    ada.socket.emit('message:send', { wrong: true }, () => {
      answers++
      resolve()
    })
  })
  await ada.ask('session:start', {})
  expect(answers).toBe(1)
})

test('[M1] what was answered is on disk: another connection to the file reads it at once', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  const id = await ada.says('is it safe')
  const { DatabaseSync } = await import('node:sqlite')
  const file = new DatabaseSync(nightdesk.databasePath, { readOnly: true })
  const rows = file
    .prepare("SELECT body FROM messages WHERE conversation_id = ? AND role = 'visitor'")
    .all(id)
  file.close()
  expect(rows).toEqual([{ body: JSON.stringify({ kind: 'text', text: 'is it safe' }) }])
})

test('[M3] [M4] two tabs and an agent see the same seq 1, 2, 3… in the same order', async () => {
  const { nightdesk, ada, sam } = await visitorWithAgent()
  const id = await ada.says('human')
  const tab = await nightdesk.visitor({ session: ada.session ?? '' })
  await sam.hears(tell => tell.event === 'inbox:updated')
  await sam.takes(id)
  const words = ['one', 'two', 'three', 'four', 'five']
  await Promise.all(words.flatMap(word => [ada.says(`ada ${word}`), sam.replies(id, `sam ${word}`)]))
  const last = 3 + 2 * words.length
  for (const one of [ada, tab])
    await one.hears(tell => tell.event === 'message:added' && tell.news.seq === last)
  await sam.hears(tell => tell.event === 'message:added' && tell.news.seq === last)
  const order = (told: { event: string; news: unknown }[]) =>
    told.flatMap(tell => {
      const news = tell.news as { seq: number; id: string }
      return tell.event === 'message:added' && news.seq > 3 ? [`${news.seq} ${news.id}`] : []
    })
  expect(order(tab.told)).toEqual(order(ada.told))
  expect(order(sam.told)).toEqual(order(ada.told))
  expect(order(ada.told).map(line => Number(line.split(' ')[0]))).toEqual(
    Array.from({ length: 10 }, (_, i) => i + 4),
  )
})

test('[S2] the messages alone rebuild who owns the conversation', async () => {
  const { ada, sam } = await visitorWithAgent()
  const id = await ada.says('human')
  await sam.hears(tell => tell.event === 'inbox:updated')
  await sam.takes(id)
  const page = await ada.ask('conversation:open', { conversationId: id })
  const last = page.messages.findLast(message => message.body.kind === 'status')
  expect(last?.body).toEqual({ kind: 'status', now: page.conversation.state })
})

test('[S3] [S5] pressing twice is not an error, and a closed conversation takes no more words', async () => {
  const { ada, sam } = await visitorWithAgent()
  const conversationId = await ada.says('human')
  await sam.hears(tell => tell.event === 'inbox:updated')
  const first = await sam.ask('conversation:take', { conversationId })
  expect(await sam.ask('conversation:take', { conversationId })).toEqual(first)
  const closed = await sam.ask('conversation:close', { conversationId })
  expect(await ada.ask('conversation:close', { conversationId })).toEqual(closed)
  const words = { conversationId, key: newId('mk'), text: 'one more thing' }
  expect(await ada.refused('message:send', words)).toMatchObject({
    code: 'CONVERSATION_CLOSED',
    retry: 'never',
  })
  expect(await sam.refused('message:send', words)).toMatchObject({ code: 'CONVERSATION_CLOSED' })
})

test('[C1] five hundred missed messages come page by page, by seq, without a gap', async () => {
  const nightdesk = await newNightdesk()
  const ada = await nightdesk.visitor()
  const id = await ada.says('human')
  await ada.hears(tell => tell.event === 'message:added' && tell.news.body.kind === 'status')
  const author = { role: 'visitor' } as const
  for (let index = 0; index < 500; index++) {
    const body = { kind: 'text', text: `missed ${index}` } as const
    await nightdesk.parts.store.append(id, Date.now(), { decide: () => ({ drafts: [{ author, body }] }) })
  }
  const seqs: number[] = []
  for (let after = 2, more = true; more; ) {
    const page = await ada.ask('conversation:open', { conversationId: id, after })
    seqs.push(...page.messages.map(message => message.seq))
    after = seqs.at(-1) ?? after
    more = page.more
  }
  expect(seqs).toEqual(Array.from({ length: 500 }, (_, index) => index + 3))
  const before = await ada.ask('conversation:open', { conversationId: id, before: 10, limit: 5 })
  expect(before.messages.map(message => message.seq)).toEqual([5, 6, 7, 8, 9])
})

test('[R2] an agent reads earlier conversations of a visitor they serve, and no longer once it is closed', async () => {
  const { nightdesk, ada, sam } = await visitorWithAgent()
  const kim = await nightdesk.agent('Kim')
  const earlier = await ada.says('human')
  await kim.hears(tell => tell.event === 'inbox:updated')
  await kim.takes(earlier)
  await kim.ask('conversation:close', { conversationId: earlier })
  const page = await ada.ask('conversation:start', { key: newId('mk'), text: 'human', locale: 'en' })
  const now = page.conversation.id
  await sam.hears(tell => tell.event === 'inbox:updated' && tell.news.id === now)
  expect(await sam.refused('conversation:open', { conversationId: earlier })).toMatchObject({
    code: 'NOT_FOUND',
  })
  await sam.takes(now)
  expect((await sam.ask('conversation:open', { conversationId: now })).earlier.map(row => row.id)).toEqual([
    earlier,
  ])
  expect(await sam.sees(earlier)).toContain('human')
  await sam.ask('conversation:close', { conversationId: now })
  expect(await sam.refused('conversation:open', { conversationId: earlier })).toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('[R3] only the owner speaks, hands back or closes', async () => {
  const { nightdesk, ada, sam } = await visitorWithAgent()
  const kim = await nightdesk.agent('Kim')
  const conversationId = await ada.says('human')
  await kim.hears(tell => tell.event === 'inbox:updated')
  const words = { conversationId, key: newId('mk'), text: 'let me' }
  expect(await kim.refused('message:send', words)).toMatchObject({ code: 'NOT_YOUR_CONVERSATION' })
  expect(await kim.refused('conversation:close', { conversationId })).toMatchObject({
    code: 'NOT_YOUR_CONVERSATION',
  })
  await sam.takes(conversationId)
  expect(await kim.refused('conversation:handBack', { conversationId })).toMatchObject({
    code: 'NOT_YOUR_CONVERSATION',
  })
})

test('[Q1] [Q2] [Q3] places follow the order of asking; a read mark never moves back', async () => {
  const nightdesk = await newNightdesk()
  const [ada, bo] = [await nightdesk.visitor(), await nightdesk.visitor()]
  await ada.says('hello')
  await bo.says('hello')
  await bo.asksForHuman()
  await ada.asksForHuman()
  const open = (one: typeof ada) => one.ask('conversation:open', { conversationId: one.conversation() })
  expect((await open(bo)).place).toEqual({ position: 1, waiting: 2 })
  expect((await open(ada)).place).toEqual({ position: 2, waiting: 2 })
  const conversationId = ada.conversation()
  await ada.ask('message:read', { conversationId, seq: 2 })
  await ada.ask('message:read', { conversationId, seq: 1 })
  await ada.ask('message:read', { conversationId, seq: 99 })
  expect((await open(ada)).conversation.readByVisitor).toBe(3)
})
