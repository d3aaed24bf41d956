/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5

/** Whether SQLite said that another process holds the file. The code's low byte says so, the next why. */
export const isBusy = (error: unknown): boolean =>
  ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY
