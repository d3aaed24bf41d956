import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { need } from './need.ts'
import { isOpen } from './ports.ts'
import { type PrivateService, privateFolder, privateService } from './private-service.ts'

/**
 * What a load balancer in front of Nightdesk has to do, and no more: ask each node whether it is ready, give new
 * connections to those that are, carry WebSockets, and say who asks. No stickiness: any node serves anybody.
 */
const config = (port: number, nodes: readonly number[]) => `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout tunnel 1h
  timeout http-request 10s
  option forwardfor
  option redispatch 1
  retries 3
  retry-on conn-failure empty-response 503
frontend visitors_and_agents
  bind 127.0.0.1:${port}
  default_backend nightdesk
backend nightdesk
  balance leastconn
  option httpchk GET /healthz
  default-server check inter 500ms fall 1 rise 1 on-marked-down shutdown-sessions
${nodes.map((node, index) => `  server node${index + 1} 127.0.0.1:${node}`).join('\n')}
`

/** HAProxy of Debian's package in front of nodes on this machine. */
export async function startHaproxy(port: number, nodes: readonly number[]): Promise<PrivateService> {
  need('haproxy', ['haproxy'])
  const dir = privateFolder('haproxy')
  const file = join(dir, 'haproxy.cfg')
  writeFileSync(file, config(port, nodes))
  const service = privateService({
    dir,
    command: 'haproxy',
    args: ['-db', '-f', file],
    isReady: () => isOpen(port),
  })
  await service.start()
  return service
}
