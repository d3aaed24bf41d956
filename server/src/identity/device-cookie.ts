import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readCookie } from './desk-cookie.ts'

/**
 * Names a browser in which an agent has signed in before, so that strangers who guess at the account from a thousand
 * addresses use up their own tries and not the agent's. It opens nothing by itself.
 */
export const DEVICE_COOKIE = '__Host-nightdesk-device'
const LASTS_SECONDS = 365 * 86_400

export type DeviceCookies = {
  /** The device's name when the cookie was made for this e-mail by this server. */
  read(header: string | undefined, email: string): string | undefined
  /** A `Set-Cookie` value that makes this browser known for the e-mail. */
  write(email: string): string
}

export function deviceCookies(secretKey: string): DeviceCookies {
  const sign = (name: string, email: string) =>
    createHmac('sha256', secretKey).update(`device ${name} ${email.trim().toLowerCase()}`).digest()

  return {
    read: (header, email) => {
      const [name = '', mark = ''] = (readCookie(header, DEVICE_COOKIE) ?? '').split('.')
      const [given, right] = [Buffer.from(mark, 'base64url'), sign(name, email)]
      return given.length === right.length && timingSafeEqual(given, right) ? name : undefined
    },
    write: email => {
      const name = randomBytes(12).toString('base64url')
      const value = `${name}.${sign(name, email).toString('base64url')}`
      return `${DEVICE_COOKIE}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${LASTS_SECONDS}`
    },
  }
}
