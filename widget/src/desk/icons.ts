/** The desk's own icons, one meaning each (ui.md section 8); those that both apps use are in `chat/icons.ts`. */
export const inbox =
  'M3 11.5 5.2 4.2h9.6l2.2 7.3v3.7a1.3 1.3 0 0 1-1.3 1.3H4.3A1.3 1.3 0 0 1 3 15.2zM3 11.5h4l1 2.2h4l1-2.2h4'
export const moon = 'M16 11.8A6.6 6.6 0 0 1 8.2 4a6.6 6.6 0 1 0 7.8 7.8z'
export const keyboard =
  'M4.2 5.2h11.6a1.7 1.7 0 0 1 1.7 1.7v6.2a1.7 1.7 0 0 1-1.7 1.7H4.2a1.7 1.7 0 0 1-1.7-1.7V6.9a1.7 1.7 0 0 1 1.7-1.7zM5.8 8.4h.01M8.6 8.4h.01M11.4 8.4h.01M14.2 8.4h.01M6.8 11.8h6.4'
export const handBack = 'M7.5 4.5 4 8l3.5 3.5M4.3 8h7.4a4 4 0 0 1 0 8H9'
export const down = 'M10 4.5v11M5 10.5l5 5 5-5'
