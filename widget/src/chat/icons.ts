/** One meaning each (ui.md section 8). */
export const back = 'M12.5 4.5 7 10l5.5 5.5'
export const forward = 'M7.5 4.5 13 10l-5.5 5.5'
export const close = 'm5 5 10 10M15 5 5 15'
export const send = 'M10 16V4.5M5.2 9 10 4.2 14.8 9'
export const shield = 'm10 2.4 6 2.2v4.7c0 3.8-2.5 6.7-6 8.3-3.5-1.6-6-4.5-6-8.3V4.6zM7.2 9.9l2 2 3.6-3.9'
export const atRisk = 'm10 2.4 6 2.2v4.7c0 3.8-2.5 6.7-6 8.3-3.5-1.6-6-4.5-6-8.3V4.6zM10 6.6v3.8M10 13.2v.1'
export const stopped = 'M7.1 2.8h5.8l4.3 4.3v5.8l-4.3 4.3H7.1l-4.3-4.3V7.1zM10 6.4v4.2M10 13.4v.1'
export const lock =
  'M6.5 9h7a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM7 9V6.3a3 3 0 0 1 6 0V9'
export const clock = 'M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM10 6v4.2l2.6 1.6'
export const person =
  'M13.2 6.8a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zM3.8 16.8c.6-3.3 3-4.9 6.2-4.9s5.6 1.6 6.2 4.9'
export const book =
  'M10 5.3C8.5 4.1 6.5 3.7 3.8 3.7v11.2c2.7 0 4.7.4 6.2 1.6 1.5-1.2 3.5-1.6 6.2-1.6V3.7c-2.7 0-4.7.4-6.2 1.6zM10 5.3v11.2'
export const check = 'm4.5 10.5 3.6 3.6 7.4-8.2'
export const noLine =
  'm3 3 14 14M2.8 8.3a10.6 10.6 0 0 1 3.3-2.2M9.2 5a10.6 10.6 0 0 1 8 3.3M5.6 11.2a6.8 6.8 0 0 1 2.6-1.5M12.8 10.1c.6.3 1.1.7 1.6 1.1M10 15v.1'
export const kept = 'M5.4 17V4.6A1.6 1.6 0 0 1 7 3h6a1.6 1.6 0 0 1 1.6 1.6V17L10 13.6z'
export const gate = 'M4 16.5V8.8a6 6 0 0 1 12 0v7.7M7.6 16.5V9.2a2.4 2.4 0 0 1 4.8 0v7.3'
export const more = 'M4.6 10h.01M10 10h.01M15.4 10h.01'
