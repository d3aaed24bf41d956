import { ChatError } from '@nightdesk/shared/errors.ts'
import type { Outcome } from './sql.ts'

/**
 * Collects calls that come before their shared work begins. `run` begins it when it can, and takes what has come
 * by then. What breaks the work of many is done again one by one, so that it breaks only its own.
 */
export function batched<Task, Result>(
  run: (take: () => Task[]) => Promise<Outcome<Result>[]>,
): (task: Task) => Promise<Result> {
  let waiting: { tasks: Task[]; outcomes: Promise<Outcome<Result>[]> } | undefined

  function begin(): NonNullable<typeof waiting> {
    const tasks: Task[] = []
    const shut = () => {
      if (waiting?.tasks === tasks) waiting = undefined
    }
    const take = () => {
      shut()
      return tasks
    }
    // Work that broke before it began takes nobody else with it.
    return { tasks, outcomes: run(take).finally(shut) }
  }

  return async task => {
    waiting ??= begin()
    const { tasks, outcomes } = waiting
    const index = tasks.push(task) - 1
    try {
      return outcomeOf((await outcomes)[index])
    } catch (error) {
      // A ChatError is this one's own, or the database is away for all.
      if (tasks.length === 1 || error instanceof ChatError || (await isOwn(outcomes))) throw error
    }
    return outcomeOf((await run(() => [task]))[0])
  }
}

const isOwn = (outcomes: Promise<unknown>) =>
  outcomes.then(
    () => true,
    () => false,
  )

function outcomeOf<Result>(outcome: Outcome<Result> | undefined): Result {
  if (!outcome) throw new Error('a batch answered fewer outcomes than it had tasks')
  if ('error' in outcome) throw outcome.error
  return outcome.value
}
