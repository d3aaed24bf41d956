/** How long and on what a run measures. */
export type Settings = {
  /** At least 3 for a figure that is to be believed. */
  rounds: number
  /** The length of one phase of load. */
  seconds: number
  /** Multiplies the number of connections; 1 is what the goals speak of. */
  scale: number
  /** `DATABASE_URL` of a fresh database for a Nightdesk, or nothing for a SQLite file of its own. */
  databaseUrl(): Promise<{ DATABASE_URL: string } | Record<string, never>>
}
