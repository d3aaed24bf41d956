import { normalise } from './normalise.ts'

/** Ways to ask for a person. The bot never argues: any of these hands over at once. */
const PHRASES = [
  'agent',
  'human',
  'person',
  'live agent',
  'live chat',
  'real person',
  'real human',
  'human please',
  'operator',
  'representative',
  'customer service',
  'customer support',
  'talk to a human',
  'talk to a person',
  'talk to an agent',
  'talk to someone',
  'speak to a human',
  'speak to a person',
  'speak to an agent',
  'speak to someone',
  'get a person',
  'get me a human',
  'i want a human',
  'i need a human',
  'i want to talk to a human',
  'i want to talk to a person',
  'i want to speak to a person',
  'can i talk to a human',
  'can i talk to a person',
  'can i speak to someone',
  'connect me to an agent',
  'connect me to a person',
  '人工',
  '转人工',
  '轉人工',
  '人工客服',
  '真人',
  '真人客服',
  '找人工',
  '要人工',
  '找客服',
  '接人工',
  '我要人工',
  '我要找人工',
  '我要转人工',
  '请转人工',
  '我要人工客服',
  '能转人工吗',
  '有人吗',
]

const KNOWN = new Set(PHRASES.map(phrase => normalise(phrase)))
const POLITE = /\b(please|pls|plz|now|thanks|hi|hello|hey|ok|no)\b/g

export function asksForHuman(text: string): boolean {
  const plain = normalise(text)
  return KNOWN.has(plain) || KNOWN.has(plain.replace(POLITE, '').replace(/\s+/g, ' ').trim())
}
