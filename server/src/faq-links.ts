import { loadFaq } from './bot/faq.ts'
import { knowledgeOf } from './bot/knowledge.ts'
import { openModel } from './bot/match/model.ts'

/** `pnpm faq:links DIR`: what the bot takes each entry for, so that an operator can say where it is wrong. */
function main([dir, ...others]: string[]): void {
  if (!dir || dir.startsWith('-') || others.length > 0) throw new Error('Usage: pnpm faq:links DIR')
  const entries = loadFaq(dir)
  const { matcher } = knowledgeOf(entries, openModel())
  const width = Math.max(...entries.map(({ id }) => id.length))
  for (const { id, intents, chance } of matcher.links) {
    const isGiven = entries.find(entry => entry.id === id)?.intents !== undefined
    const how = isGiven ? 'as the file says' : intents.length > 0 ? `${Math.round(chance * 100)} %` : ''
    console.log(
      `${id.padEnd(width)}  ${intents.join(', ') || 'none: known by its own words alone'}  ${how}`.trimEnd(),
    )
  }
  console.log('\nTo correct one, add "intents: [NAME]" (or "intents: []") to the front matter of its file.')
}

try {
  main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
