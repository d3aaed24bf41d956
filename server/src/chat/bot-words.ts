/** What the bot says in its own voice; everything else it says is a reviewed answer. */
type Words = { offer: string; unsure: string }

const ENGLISH: Words = {
  offer: 'I want to be sure I understood. Did you mean one of these?',
  unsure: 'I have no reviewed answer to this. A person will know.',
}

const CHINESE: Words = {
  offer: '我想确认一下，您是指下面哪一种情况？',
  unsure: '这个问题我没有经过审核的答案，可以为您转接人工。',
}

export function botWords(locale: string): Words {
  return locale.toLowerCase().startsWith('zh') ? CHINESE : ENGLISH
}
