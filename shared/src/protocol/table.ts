import type { GenericSchema, InferInput, InferOutput } from 'valibot'
import type { Refusal } from '../errors.ts'

/**
 * A namespace is one table. From it come the validation at the door, the typed socket events of both ends,
 * the handler signatures of the server and the client of the tests: say it once.
 *
 * An ask is `noun:verb`, sent by a client and always answered; a tell is `noun:past`, sent by the server.
 */
export type Ask<Input extends GenericSchema = GenericSchema, Answer extends GenericSchema = GenericSchema> = {
  input: Input
  answer: Answer
}
export type Asks = Record<string, Ask>
export type Tells = Record<string, GenericSchema>
export type Namespace = { asks: Asks; tells: Tells }

export const ask = <I extends GenericSchema, A extends GenericSchema>(input: I, answer: A): Ask<I, A> => ({
  input,
  answer,
})

/** Every ask is answered with a value or with a refusal, never with silence. */
export type Reply<Value> = { ok: true; value: Value } | { ok: false; error: Refusal }

export type AskInput<A extends Ask> = InferInput<A['input']>
export type AskAnswer<A extends Ask> = InferOutput<A['answer']>

/** What a client may emit, for socket.io's typed events. */
export type AskEvents<A extends Asks> = {
  [Event in keyof A & string]: (
    input: AskInput<A[Event]>,
    reply: (answer: Reply<AskAnswer<A[Event]>>) => void,
  ) => void
}

/** What the server may emit, for socket.io's typed events. */
export type TellEvents<T extends Tells> = {
  [Event in keyof T & string]: (news: InferOutput<T[Event]>) => void
}

/** One tell as a value, for reducers: `{ event: 'message:added', news }`. */
export type Tell<T extends Tells> = {
  [Event in keyof T & string]: { event: Event; news: InferOutput<T[Event]> }
}[keyof T & string]

/** The handlers that a server must have for a namespace, given who is asking. */
export type Handlers<A extends Asks, Who> = {
  [Event in keyof A & string]: (
    who: Who,
    input: InferOutput<A[Event]['input']>,
  ) => Promise<AskAnswer<A[Event]>>
}
