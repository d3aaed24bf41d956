/** What a visitor may know of an agent. `code` is unique for the life of the desk. */
export type AgentCard = { code: string; name: string }
