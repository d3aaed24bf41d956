import type { BotEngine } from '@nightdesk/server/bot/engine.ts'

/** A bot that has one answer to everything, so that a conversation stays with it until a person is asked for. */
export const plainBot: BotEngine = {
  reply: () => ({
    kind: 'answer',
    language: 'en',
    text: 'I have one answer.',
    answerLanguage: 'en',
    entry: { id: 'one', title: 'The one answer', version: 1, reviewed: '2026-11-01' },
    confidence: 0.99,
  }),
  topics: () => [],
  learn: () => {},
}
