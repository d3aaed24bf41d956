/**
 * Ways of saying that a person, a complaint or a theft is what is not meant: "no agent needed", "no complaints", "nobody
 * hacked me". Words beside each other outweigh a "not", so these are told by rule. Never for danger to a life.
 */
const DENIALS = [
  /\b(no need|don'?t (need|want)|do not (need|want))\b.{0,20}\b(human|person|agent|operator)\b/i,
  /^no,? (human|agent|person)\b/i,
  /\b(not|isn'?t|no|nothing to|can'?t) (a |my )?(complain\w*|complaints?)\b/i,
  /\b(not|n't|nobody)( been| has)? hacked\b/i,
  /(不用|不需要|不必|没必要).{0,4}(人工|客服|真人)/,
  /(不是|没什么|没有|不)要?.{0,2}投诉/,
  /没有?被(盗|黑)/,
  /(оператор|человек|сотрудник)\S* не нуж/i,
  /не (нуж\S+|надо) (оператор|человек)/i,
  /жалоб нет|не жалоб/i,
  /не взлом/i,
  /no (quiero|necesito) (hablar|una? (persona|agente|humano))/i,
  /no tengo (quejas|ninguna queja)/i,
  /no (me han |he sido |fue )?hacke/i,
  /(상담원|상담사|사람)(은|이)?\s?(필요\s?없|안\s?필요)/,
  /불만은?\s?(없|아니)/,
  /해킹(당한\s?(건|것은))?\s?(은\s?)?아니/,
  /(オペレーター|担当者|人間|有人)は?(不要|必要ない|いりません)/,
  /苦情では(ありません|ない)/,
  /(ハッキング|乗っ取り)では(ありません|ない)/,
  /không cần.{0,12}(nhân viên|người)/i,
  /không khiếu nại/i,
  /không bị hack/i,
  /(temsilci|insan)\S* gerek yok/i,
  /şikayetim yok/i,
  /çalınmadı/i,
  /não (preciso|quero).{0,10}(atendente|pessoa|humano)/i,
  /não tenho reclama/i,
  /não foi (hackeada|invadida)/i,
  /ما (احتاج|ابي|ابغى) (موظف|احد)/,
  /ما عندي (اي )?شكوى/,
  /ما تهكر/,
  /(gak|tidak|ga|nggak) (perlu|butuh) (cs|petugas|orang|admin)/i,
  /(gak|tidak|ga) ada (komplain|keluhan)/i,
  /tidak (di)?hack/i,
  /pas besoin d'?.{0,5}(conseiller|humain|personne|agent)/i,
  /pas de réclamation/i,
  /n'a pas été (piraté|hacké)/i,
]

const DENIED: ReadonlySet<string> = new Set(['human', 'complaint', 'account_hacked'])

/** Whether a message says that this intent is what it does not mean. */
export function isDenied(text: string, intent: string): boolean {
  return DENIED.has(intent) && DENIALS.some(denial => denial.test(text))
}
