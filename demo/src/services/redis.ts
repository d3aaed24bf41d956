import { need } from './need.ts'
import { freePort, isOpen } from './ports.ts'
import { type PrivateService, privateFolder, privateService } from './private-service.ts'

export type Redis = PrivateService & { url: string; port: number }

/** A Redis of our own on a free port of the loopback, which keeps nothing: what is killed comes back empty. */
export async function startRedis(...settings: string[]): Promise<Redis> {
  need('redis-server', ['redis-server'])
  const dir = privateFolder('redis')
  const port = await freePort()
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
  ]
  const service = privateService({
    dir,
    command: 'redis-server',
    args: [...args, ...settings],
    isReady: () => isOpen(port),
  })
  await service.start()
  return { ...service, port, url: `redis://127.0.0.1:${port}` }
}
