import { readConfig } from './config.ts'
import { createSignIn } from './identity/sign-in.ts'
import { openSqliteStore } from './store/sqlite/sqlite-store.ts'

/**
 * `pnpm agents add NAME EMAIL` and `pnpm agents invite EMAIL`: how an operator lets people in. Prints a one-time
 * sign-in link; there is no other first way in.
 */
const USAGE = 'Usage: pnpm agents add NAME EMAIL | pnpm agents invite EMAIL | pnpm agents list'

async function main([verb, ...args]: string[]): Promise<void> {
  // What people wrote to support is for this user's eyes.
  process.umask(0o077)
  const config = readConfig(process.env)
  const store = openSqliteStore(config.databasePath)
  const signIn = createSignIn({ store, secretKey: config.secretKey, now: Date.now })
  try {
    if (verb === 'list') {
      for (const { code, name, email } of await store.agents()) console.log(`${code}  ${name}  ${email}`)
      return
    }
    const [name, email] = verb === 'add' ? args : ['', args[0]]
    if ((verb !== 'add' && verb !== 'invite') || !email?.includes('@') || (verb === 'add' && !name)) {
      throw new Error(USAGE)
    }
    const address = email.trim().toLowerCase()
    const agent =
      verb === 'add'
        ? await store.addAgent({ name: name ?? '', email: address, at: Date.now() })
        : await store.agentByEmail(address)
    if (!agent) throw new Error(`There is no agent with the e-mail ${address}`)
    const link = new URL(`/desk#link=${await signIn.invite(agent)}`, config.publicUrl)
    console.log(`${agent.name}, ${agent.code}. One-time sign-in link, good for 24 hours:\n${link}`)
  } finally {
    await store.close()
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error.message)
  process.exit(1)
})
