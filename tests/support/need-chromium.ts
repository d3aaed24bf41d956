import { need } from '@nightdesk/demo/services/need.ts'

export default function setup(): void {
  need('chromium', ['chromium', 'fonts-noto-core', 'fonts-noto-cjk'])
}
