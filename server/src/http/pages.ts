import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { ChatError } from '@nightdesk/shared/errors.ts'
import type { FastifyPluginAsync } from 'fastify'
import type { BotEngine } from '../bot/engine.ts'
import type { Config, Site } from '../config.ts'

type Pages = { config: Config; bot: (siteId: string) => BotEngine }

/** Topics on the home screen of the visitor's app. */
const HOME_TOPICS = 4

/** The loader, the visitor's frame, the desk and their assets: everything a browser loads. */
export function pageRoutes({ config, bot }: Pages): FastifyPluginAsync {
  const visitorHtml = readPageFile(config, 'visitor')
  // One desk serves all sites: what one of them forbids on a disk must not come there by way of an answer.
  const outbox = config.sites.every(site => site.outbox !== false)
  const deskHtml = readPageFile(config, 'desk').replace(
    '<html',
    `<html data-outbox="${outbox ? 'on' : 'off'}"`,
  )
  const socketOrigin = config.publicUrl.origin.replace(/^http/, 'ws')

  return async app => {
    await app.register(fastifyStatic, {
      root: join(config.assetsDir, 'assets'),
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
      index: false,
      decorateReply: true,
    })

    // What runs on the exchange's page. `panel.js` is a module, and modules from elsewhere are fetched with CORS.
    for (const file of ['widget.js', 'panel.js']) {
      app.get(`/${file}`, (_request, reply) =>
        reply
          .header('cross-origin-resource-policy', 'cross-origin')
          .header('access-control-allow-origin', '*')
          .sendFile(file, config.assetsDir, { immutable: false, maxAge: '5m' }),
      )
    }

    app.get<{ Params: { site: string } }>('/frame/:site', (request, reply) => {
      const site = config.sites.find(one => one.id === request.params.site)
      if (!site) throw new ChatError('SITE_UNKNOWN')
      const locale = localeOf(request.headers['accept-language'])
      return reply
        .header('content-security-policy', contentPolicy(socketOrigin, site.origins.join(' ')))
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(visitorHtml.replace('<!--site-->', () => siteData(site, bot(site.id), locale)))
    })

    app.get('/desk', (_request, reply) =>
      reply
        .header('content-security-policy', contentPolicy(socketOrigin, "'none'"))
        .header('cross-origin-opener-policy', 'same-origin')
        .header('x-frame-options', 'DENY')
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(deskHtml),
    )
  }
}

/** Nothing inline, nothing foreign, no string becomes markup. */
function contentPolicy(socketOrigin: string, ancestors: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${socketOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')
}

/** What the frame must know before it connects, as data that no script runs. */
function siteData(site: Site, bot: BotEngine, locale: string): string {
  const topics = (language: string) => {
    const all = bot.topics(language)
    const named = site.topics?.flatMap(id => all.filter(topic => topic.entryId === id))
    return (named ?? all).slice(0, HOME_TOPICS)
  }
  const data = {
    id: site.id,
    name: site.name,
    origins: site.origins,
    locale,
    outbox: site.outbox !== false,
    topics: { en: topics('en'), 'zh-Hans': topics('zh-Hans') },
  }
  // "<" as an escape: a name with "</script>" in it stays a name.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="site">${json}</script>`
}

function localeOf(header: string | undefined): string {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/.exec(header ?? '')?.[0] ?? 'en'
}

function readPageFile(config: Config, name: string): string {
  const path = join(config.assetsDir, name, 'index.html')
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Error(`${path} is missing: build the widget first (pnpm build)`)
  }
}
