import { io, type Socket } from 'socket.io-client'

/**
 * The socket library, in a chunk of its own that loads beside the app: the app paints and takes input
 * without it. The build leaves out every transport but WebSocket.
 */
export function openSocket(namespace: string, auth: (done: (auth: object) => void) => void): Socket {
  return io(namespace, {
    transports: ['websocket'],
    auth,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
    timeout: 10_000,
  })
}
