/** What visitors say to the bot in the stories of `tests/`: the one place to change when it has learned better. */
export type BotStory = {
  /** Who tells it, as the test's title says. */
  told: string
  /** The language of the page, which is that of the buttons. */
  page: 'en' | 'zh-Hans'
  /** The language of the answer. */
  language: string
  /** Each may mean several entries; the story takes the first one that the bot asks back about. */
  vague: readonly [string, string, string]
  didYouMean: string
  /** Means one entry and no other. Its neighbours call nobody when they are chosen instead. */
  clear: string
  answer: { title: string; says: string }
  sorry: string
  calling: string
}

export const STORIES: readonly BotStory[] = [
  {
    told: 'in English',
    page: 'en',
    language: 'en',
    vague: ['problem with my deposit', 'deposit problem', 'withdrawal problem'],
    didYouMean: 'Did you mean one of these?',
    clear: 'what fees do you charge for trading?',
    answer: { title: 'What are the trading fees?', says: '0.16\u00a0% taker' },
    sorry: 'I am sorry that this did not help.',
    calling: 'I am calling a person now.',
  },
  {
    told: 'in Chinese',
    page: 'zh-Hans',
    language: 'zh-Hans',
    vague: ['充值问题', '充值', '提现'],
    didYouMean: '您是指下面哪一种情况？',
    clear: '交易手续费怎么收',
    answer: { title: '交易手续费是多少？', says: '吃单（taker）0.16%' },
    sorry: '很抱歉这没有帮到您。',
    calling: '正在为您转接人工。',
  },
  {
    told: 'in Spanish on an English page',
    page: 'en',
    language: 'es',
    vague: ['problema con mi depósito', 'problema con un depósito', 'problema con el retiro'],
    didYouMean: '¿Se refería a alguna de estas preguntas?',
    clear: '¿qué comisión cobran por cada operación?',
    answer: { title: '¿Cuáles son las comisiones por operar?', says: '0.16\u00a0% taker' },
    sorry: 'Lamento que esto no le haya ayudado.',
    calling: 'Ya estoy avisando a una persona.',
  },
]

/** A person asked for in whole sentences, none of which is among the short ones that the bot knows by heart. */
export const WANTS_PERSON = {
  en: ["I don't want to talk to a bot, I want a real person", 'i need a human being please'],
  zh: ['我不想跟机器人聊，我要找真人', '帮我接人工客服'],
  ru: ['не хочу общаться с ботом, хочу поговорить с живым человеком', 'соедините с живым оператором'],
  es: ['no quiero hablar con un bot, quiero hablar con una persona', 'necesito que me atienda una persona'],
  ko: ['봇 말고 사람이랑 얘기하고 싶어요', '상담원이랑 통화하고 싶어요'],
  ja: ['ボットではなく、人と話がしたいです', 'AIじゃなくて人と話したいです'],
  vi: ['tôi không muốn nói chuyện với bot, tôi muốn gặp người thật', 'cho tôi nói chuyện với người thật'],
  tr: [
    'botla konuşmak istemiyorum, gerçek bir insanla konuşmak istiyorum',
    'robotla değil insanla konuşmak istiyorum',
  ],
  pt: [
    'não quero falar com um robô, quero falar com uma pessoa de verdade',
    'me passa pra um atendente de verdade',
  ],
  ar: ['لا أريد التحدث مع روبوت، أريد التحدث مع شخص حقيقي', 'ابغى اكلم موظف حقيقي مو روبوت'],
  id: [
    'saya tidak mau bicara dengan bot, saya mau bicara dengan orang sungguhan',
    'tolong sambungin ke orang cs beneran',
  ],
  fr: [
    'je ne veux pas parler à un robot, je veux parler à une vraie personne',
    'passez-moi un vrai conseiller svp',
  ],
} satisfies Record<string, readonly [string, string]>
