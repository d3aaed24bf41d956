import { readConfig } from './config.ts'
import { createSignIn } from './identity/sign-in.ts'
import { openStore } from './store/open-store.ts'
import type { Agent, Store } from './store/store.ts'

/**
 * `pnpm agents …`: how an operator lets people in, by a one-time sign-in link, and keeps them out, at once.
 */
const USAGE = 'Usage: pnpm agents add NAME EMAIL | invite EMAIL | disable EMAIL | enable EMAIL | list'

type Desk = { store: Store; invite: (agent: Agent) => Promise<string> }

/** What can be said, and what it answers. Nothing to say of it means that the words were wrong. */
async function run({ store, invite }: Desk, [verb, ...args]: string[]): Promise<string | undefined> {
  if (verb === 'list') {
    const agents = await store.agents()
    return agents
      .map(one => `${one.code}  ${one.name}  ${one.email}${one.active ? '' : '  (disabled)'}`)
      .join('\n')
  }
  const email = args.at(-1)?.trim().toLowerCase()
  if (!email?.includes('@')) return undefined
  if (verb === 'add') {
    const [name] = args
    return args.length === 2 && name
      ? invite(await store.addAgent({ name, email, at: Date.now() }))
      : undefined
  }
  const agent = await store.agentByEmail(email)
  if (!agent) throw new Error(`There is no agent with the e-mail ${email}`)
  switch (verb) {
    case 'invite':
      return invite(agent)
    case 'disable':
      await store.setActive(agent.id, false)
      return `${agent.name}, ${agent.code}, is signed out everywhere and cannot come in.`
    case 'enable':
      await store.setActive(agent.id, true)
      return `${agent.name}, ${agent.code}, may come in again. Type: pnpm agents invite ${email}`
    default:
      return undefined
  }
}

async function main(words: string[]): Promise<void> {
  // What people wrote to support is for this user's eyes.
  process.umask(0o077)
  const config = readConfig(process.env)
  const store = await openStore(config.databaseUrl, console.error)
  const signIn = createSignIn({ store, secretKey: config.secretKey, now: Date.now })
  const invite = async (agent: Agent) => {
    const link = new URL(`/desk#link=${await signIn.invite(agent)}`, config.publicUrl)
    return `${agent.name}, ${agent.code}. One-time sign-in link, good for 24 hours:\n${link}`
  }
  try {
    const answer = await run({ store, invite }, words)
    if (answer === undefined) throw new Error(USAGE)
    console.log(answer)
  } finally {
    await store.close()
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error.message)
  process.exit(1)
})
