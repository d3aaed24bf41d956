import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program of the operating system that serves one test run from a folder of its own, and may be hurt. */
export type PrivateService = {
  /** Starts it, or starts it again, on the data it left behind. */
  start(): Promise<void>
  signal(signal: NodeJS.Signals): void
  /** Ends the process and answers when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>
  /** Ends it and removes its folder. */
  remove(): Promise<void>
}

/** A folder that `owner` may write to: some programs refuse to run as root. */
export function privateFolder(name: string, owner?: { uid: number; gid: number }): string {
  const dir = mkdtempSync(join(tmpdir(), `nightdesk-${name}-`))
  if (owner) chownSync(dir, owner.uid, owner.gid)
  return dir
}

export function privateService(options: {
  dir: string
  command: string
  args: string[]
  owner?: { uid: number; gid: number } | undefined
  isReady: () => boolean | Promise<boolean>
}): PrivateService {
  const { dir, command, args, owner, isReady } = options
  let child: ChildProcess | undefined

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  const killWithUs = () => child?.kill('SIGKILL')
  process.on('exit', killWithUs)

  return {
    start: async () => {
      child = spawn(command, args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], ...owner })
      let failed = false
      let said = ''
      child.stderr?.on('data', text => {
        said = `${said}${text}`.slice(-2000)
      })
      child.once('exit', () => {
        failed = true
      })
      while (!(await isReady())) {
        if (failed) throw new Error(`${command} ended before it was ready: ${said}`)
        await new Promise(done => setTimeout(done, 20))
      }
    },
    signal: signal => child?.kill(signal),
    end,
    remove: async () => {
      process.off('exit', killWithUs)
      await end('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
