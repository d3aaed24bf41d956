/**
 * Ways of saying that a person, a complaint or a theft is what is not meant: "no agent needed", "no complaints", "nobody
 * hacked me". Words beside each other outweigh a "not", so these are told by rule, a clause at a time. They are narrow on
 * purpose: "I don't want a bot, I want a person" and "no complaint form anywhere" ask for what they name. Never for danger
 * to a life.
 */
const DENIALS: Readonly<Record<string, readonly RegExp[]>> = {
  human: [
    /\b(no need|don'?t (need|want)|do not (need|want))\b((?!\b(bot|robot|machine|ai)\b).){0,20}\b(human|person|agent|operator)\b/i,
    /^no (human|agent|person)( is)?( needed| required| please| thanks)?$/i,
    /\b(human|person|agent|operator)s?( is| are)? not needed\b/i,
    /(不用|不需要|不必|没必要)((?!机器人|机械人|ai).){0,4}(人工|客服|真人)/i,
    /(оператор|человек|сотрудник)\S* не нуж/i,
    /не (нуж\S+|надо) (оператор|человек)/i,
    /no (quiero|necesito)( hablar)?( con)?( una?)? (persona|agente|humano|operador|asesor)/i,
    /(상담원|상담사|사람)(은|이)?\s?(필요\s?없|안\s?필요)/,
    /(オペレーター|担当者|人間|有人)は?(不要|必要ない|いりません)/,
    /không cần (gặp |có |nói chuyện với )?(nhân viên|người)/i,
    /(temsilci|insan)\S* gerek yok/i,
    /n[ãa]o (preciso|quero)( de)?( falar com)?( uma?)? (atendente|pessoa|humano)/i,
    /ما (احتاج|ابي|ابغى) (موظف|احد)/,
    /(gak|tidak|ga|nggak) (perlu|butuh) (cs|petugas|orang|admin)/i,
    /pas besoin d(e |')(une? )?(conseiller|humain|personne|agent)/i,
  ],
  complaint: [
    /\b(not a complaint|isn'?t a complaint|nothing to complain|can'?t complain|no complaints?)\b(?! (form|department|page|box|button|email|address|team|process|anywhere|here|to\b))/i,
    /(?<![得是])不(是|想|要|用)?(要|来)?投诉/,
    /没什么(可|好|要)?投诉|没有(什么)?(可|要)?投诉(?!渠道|入口|电话|邮箱|按钮|部门|功能|的地方)/,
    /^(у меня )?жалоб нет|это не жалоба/i,
    /no tengo (quejas|ninguna queja)/i,
    /불만은?\s?(없|아니)/,
    /苦情では(ありません|ない)/,
    /không (phải )?khiếu nại(?! (được|ở))/i,
    /şikayetim yok/i,
    /não tenho reclama/i,
    /ما عندي (اي )?شكوى/,
    /(gak|tidak|ga) ada (komplain|keluhan)/i,
    /pas de réclamation(?! possible)/i,
  ],
  account_hacked: [
    /(\bnot|n't|\bnobody)( been| being| has)? hacked\b/i,
    /(?<!有)没有?被(盗|黑)/,
    /не взлом/i,
    /no (me han |he sido |fue )?hacke/i,
    /(해킹(당한\s?(건|것은))?\s?(은\s?)?아니)/,
    /(ハッキング|乗っ取り)では(ありません|ない)/,
    /không bị hack/i,
    /çalınmadı/i,
    /não foi (hackeada|invadida)/i,
    /ما تهكر/,
    /tidak (di)?hack/i,
    /n'a pas été (piraté|hacké)/i,
  ],
}

/** The intents of which a clause says that it does not mean them. */
export const deniedIn = (clause: string): string[] =>
  Object.entries(DENIALS).flatMap(([intent, denials]) =>
    denials.some(denial => denial.test(clause)) ? [intent] : [],
  )
