import { expect, test } from 'vitest'
import { DESK_COOKIE, deskCookie, readDeskCookie } from './desk-cookie.ts'

test('[H2] the desk cookie is for this host, for https and for no script', () => {
  const cookie = deskCookie('token', 60)
  expect(cookie.split('; ')).toEqual([
    '__Host-nightdesk=token',
    'Path=/',
    'Secure',
    'HttpOnly',
    'SameSite=Strict',
    'Max-Age=60',
  ])
})

test('[H2] the session is read from among other cookies, and only under its whole name', () => {
  expect(readDeskCookie(`a=1; ${DESK_COOKIE}=token; b=2`)).toBe('token')
  expect(readDeskCookie(`${DESK_COOKIE}=to=ken`)).toBe('to=ken')
  for (const header of [
    undefined,
    '',
    'a=1',
    `x${DESK_COOKIE}=token`,
    `${DESK_COOKIE}2=token`,
    'nightdesk=token',
  ]) {
    expect(readDeskCookie(header), header).toBeUndefined()
  }
})

test('[H2] two cookies of the name are worth nothing: one of them was planted', () => {
  expect(readDeskCookie(`${DESK_COOKIE}=one; ${DESK_COOKIE}=two`)).toBeUndefined()
})
