import { foldedCore, plain } from './match/clauses.ts'

/**
 * The shortest ways to ask for a person, a line a language; longer ones the pack knows. The bot never argues: any of
 * these, alone or between words of courtesy, hands over at once.
 */
const ASKED = `
agent, human, person, live agent, live chat, real person, real human, operator, representative, customer service, customer support, talk to a human, talk to a human now, talk to a person, talk to an agent, talk to someone, speak to a human, speak to a person, speak to an agent, speak to someone, get a person, get me a human, i want a human, i need a human, i want to talk to a human, i want to talk to a person, i want to speak to a person, can i talk to a human, can i talk to a person, can i speak to someone, connect me to an agent, connect me to a person
人工, 转人工, 人工客服, 真人, 真人客服, 找人工, 要人工, 找客服, 接人工, 我要人工, 我要找人工, 我要转人工, 转人工客服, 我要人工客服, 能转人工吗, 有人吗, 客服
оператор, человек, живой человек, позовите оператора, позвать человека, хочу поговорить с человеком, соедините с оператором, нужен оператор, нужен человек, дайте оператора, переведите на оператора, живой оператор, специалист
agente, humano, persona, una persona, operador, asesor, hablar con una persona, hablar con un humano, hablar con un agente, quiero hablar con alguien, quiero una persona, quiero hablar con una persona, persona real, atencion al cliente
상담원, 상담사, 사람, 상담원 연결, 상담사 연결, 상담원 연결해줘, 상담원 연결해주세요, 사람이랑 얘기하고 싶어요, 사람 연결, 직원 연결, 상담원 바꿔줘
担当者, オペレーター, 人間, 有人, 有人チャット, 担当者につないで, オペレーターにつないで, 人と話したい, 人間と話したい, 担当者と話したい, スタッフと話したい, 担当者につないでください, オペレーターにつないでください
nhân viên, tư vấn viên, người thật, gặp nhân viên, gặp người thật, cho tôi gặp nhân viên, nói chuyện với người thật, kết nối nhân viên, tôi muốn gặp nhân viên, tổng đài viên
temsilci, müşteri temsilcisi, insan, canlı destek, gerçek kişi, bir kişiye bağlan, temsilciye bağlan, müşteri temsilcisine bağlan, biriyle görüşmek istiyorum, insanla konuşmak istiyorum, temsilciyle görüşmek istiyorum
atendente, humano, pessoa, operador, falar com atendente, falar com um atendente, falar com uma pessoa, falar com alguem, quero falar com atendente, quero falar com um atendente, quero falar com uma pessoa, atendimento humano, pessoa real
موظف, انسان, شخص حقيقي, خدمة العملاء, التحدث مع موظف, اريد التحدث مع موظف, ابي اكلم موظف, عايز اكلم حد, بدي احكي مع حدا, كلموني موظف, بغيت نهضر مع شي واحد, اريد انسان
petugas, manusia, orang asli, cs, agen, operator, hubungi petugas, bicara dengan petugas, bicara dengan orang, mau bicara sama orang, mau bicara sama orang dong, sambungkan ke petugas, sambungkan ke cs, mau ngomong sama cs, admin
agent, conseiller, humain, personne, une personne, opérateur, parler à un conseiller, parler à une personne, parler à un humain, parler à un agent, parler à quelqu'un, je veux parler à quelqu'un, je veux un humain, un conseiller, vrai personne, service client
`

const KNOWN = new Set(ASKED.split(/[\n,]/).map(plain))
KNOWN.delete('')

/** Whether a message says nothing but that a person is wanted, in any of the languages that the pack has. */
export function asksForHuman(text: string): boolean {
  return text.length <= LONGEST && (KNOWN.has(plain(text)) || KNOWN.has(foldedCore(text)))
}

/** In UTF-16 units; whoever writes more says more. */
const LONGEST = 120
