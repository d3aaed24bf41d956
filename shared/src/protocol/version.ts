/** Names the contract between a page that was loaded yesterday and a server that was updated today. */
export const PROTOCOL_VERSION = 1
