/** A place in the queue, counted from 1. `waiting` is everybody, the one asking included. */
export type QueuePlace = { position: number; waiting: number }
