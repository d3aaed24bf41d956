import * as v from 'valibot'

/** The body of every route that takes one. The bad-input law builds its table from here. */
export const bodies = {
  'POST /api/visitors/log-out': v.strictObject({
    site: v.pipe(v.string(), v.maxLength(64)),
    token: v.pipe(v.string(), v.maxLength(4096)),
  }),
  'POST /api/desk/session': v.union([
    v.strictObject({ link: v.pipe(v.string(), v.maxLength(128)) }),
    v.strictObject({
      email: v.pipe(
        v.string(),
        v.maxLength(254),
        v.check(email => email.isWellFormed() && !email.includes('\0')),
      ),
      password: v.pipe(v.string(), v.maxLength(256)),
    }),
  ]),
  'PUT /api/desk/password': v.strictObject({ password: v.pipe(v.string(), v.maxLength(256)) }),
  'DELETE /api/desk/session': v.optional(v.nullable(v.strictObject({}))),
} as const

/** Routes that an exchange's backend calls. A browser always names its origin, and has no business here. */
export const FROM_SERVERS: ReadonlySet<string> = new Set(['/api/visitors/log-out'])
