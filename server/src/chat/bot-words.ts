/** What the bot says in its own voice; everything else it says is a reviewed answer. */
type Words = {
  offer: string
  unsure: string
  /** After an answer that did not help. */
  again: string
  calling: string
  /** Before an answer that is not in the visitor's language; the second sentence where it is in English. */
  fallback: string
  /** To a greeting or thanks. */
  listening: string
}

/** The words in the visitor's language, a two-letter code; in English where we have none. */
export function botWords(language: string): Words {
  return WORDS[language] ?? ENGLISH
}

const ENGLISH: Words = {
  offer: 'I want to be sure I understood. Did you mean one of these?',
  unsure: 'I have no reviewed answer to this. A person will know.',
  again: 'I am sorry that this did not help. Is it one of these?',
  calling: 'I am calling a person now. You keep your place if you close this page.',
  fallback: 'There is no reviewed answer in your language yet. Here is the English one.',
  listening: 'If there is anything I can help with, tell me in your own words.',
}

const WORDS: Record<string, Words> = {
  en: ENGLISH,
  zh: {
    offer: '我想确认一下，您是指下面哪一种情况？',
    unsure: '这个问题我没有经过审核的答案，可以为您转接人工。',
    again: '很抱歉这没有帮到您。是下面哪一种情况吗？',
    calling: '正在为您转接人工。关闭页面也会保留您的排队位置。',
    fallback: '这个问题暂时没有经过审核的中文答案。以下是英文答案。',
    listening: '如果有我能帮上忙的，请用您自己的话告诉我。',
  },
  ru: {
    offer: 'Хочу убедиться, что правильно вас понимаю. Вы имели в виду что-то из этого?',
    unsure: 'У меня нет проверенного ответа на этот вопрос. Сотрудник подскажет.',
    again: 'Мне жаль, что это не помогло. Может быть, подойдёт что-то из этого?',
    calling: 'Уже зову человека. Если вы закроете эту страницу, ваше место в очереди сохранится.',
    fallback: 'Проверенного ответа на вашем языке пока нет. Вот ответ на английском.',
    listening: 'Если я могу чем-то помочь, напишите своими словами.',
  },
  es: {
    offer: 'Quiero asegurarme de haber entendido. ¿Se refería a alguna de estas preguntas?',
    unsure: 'No tengo una respuesta revisada para esto. Una persona sabrá responderle.',
    again: 'Lamento que esto no le haya ayudado. ¿Es alguna de estas preguntas?',
    calling: 'Ya estoy avisando a una persona. Si cierra esta página, conserva su lugar.',
    fallback: 'Todavía no hay una respuesta revisada en su idioma. Aquí está la respuesta en inglés.',
    listening: 'Si puedo ayudarle en algo, cuéntemelo con sus propias palabras.',
  },
  pt: {
    offer: 'Quero ter certeza de que entendi. Você se referia a alguma destas perguntas?',
    unsure: 'Não tenho uma resposta revisada para isso. Uma pessoa vai saber responder.',
    again: 'Sinto muito que isso não tenha ajudado. É alguma destas perguntas?',
    calling: 'Estou chamando uma pessoa agora. Se você fechar esta página, seu lugar fica guardado.',
    fallback: 'Ainda não há uma resposta revisada no seu idioma. Aqui está a resposta em inglês.',
    listening: 'Se eu puder ajudar em algo, conte com as suas palavras.',
  },
  fr: {
    offer: "Je veux m'assurer d'avoir bien compris. Parliez-vous de l'un de ces sujets ?",
    unsure: "Je n'ai pas de réponse vérifiée à cette question. Une personne saura vous répondre.",
    again: "Je regrette que cette réponse ne vous ait pas été utile. Est-ce l'un de ces sujets ?",
    calling: 'Je préviens une personne maintenant. Vous gardez votre place même si vous fermez cette page.',
    fallback: "Il n'y a pas encore de réponse vérifiée dans votre langue. Voici celle en anglais.",
    listening: 'Si je peux vous aider, dites-le-moi avec vos mots.',
  },
  tr: {
    offer: 'Doğru anladığımdan emin olmak istiyorum. Bunlardan birini mi kastettiniz?',
    unsure: 'Bu konuda gözden geçirilmiş bir yanıtım yok. Ekibimizden biri yanıtı bilir.',
    again: 'Bu yanıtın yardımcı olmamasına üzüldüm. Sorunuz bunlardan biri mi?',
    calling: 'Şimdi bir kişiyi çağırıyorum. Bu sayfayı kapatsanız da sıranız korunur.',
    fallback: 'Henüz dilinizde gözden geçirilmiş bir yanıt yok. İngilizce yanıt aşağıda.',
    listening: 'Yardımcı olabileceğim bir şey varsa kendi sözlerinizle yazın.',
  },
  vi: {
    offer: 'Tôi muốn chắc rằng mình đã hiểu đúng. Có phải quý khách muốn hỏi một trong các mục này không?',
    unsure: 'Tôi chưa có câu trả lời đã được kiểm tra cho câu hỏi này. Nhân viên sẽ giải đáp được.',
    again: 'Rất tiếc vì câu trả lời chưa giúp được quý khách. Có phải là một trong các mục này không?',
    calling: 'Tôi đang gọi nhân viên. Nếu quý khách đóng trang này, chỗ của quý khách vẫn được giữ.',
    fallback: 'Hiện chưa có câu trả lời đã được kiểm tra bằng ngôn ngữ của quý khách. Đây là bản tiếng Anh.',
    listening: 'Nếu tôi có thể giúp gì, quý khách hãy viết bằng lời của mình.',
  },
  id: {
    offer:
      'Saya ingin memastikan bahwa saya sudah memahami dengan benar. Apakah maksud Anda salah satu dari ini?',
    unsure: 'Saya tidak punya jawaban yang sudah ditinjau untuk ini. Petugas akan tahu jawabannya.',
    again: 'Maaf, jawaban tadi belum membantu. Apakah maksud Anda salah satu dari ini?',
    calling: 'Saya sedang memanggil petugas. Antrean Anda tetap tersimpan meskipun Anda menutup halaman ini.',
    fallback: 'Belum ada jawaban yang sudah ditinjau dalam bahasa Anda. Ini jawaban dalam bahasa Inggris.',
    listening: 'Jika ada yang bisa saya bantu, tuliskan dengan kata-kata Anda sendiri.',
  },
  ko: {
    offer: '제대로 이해했는지 확인하고 싶습니다. 다음 중 하나를 말씀하신 건가요?',
    unsure: '이 질문에 대해서는 검토된 답변이 없습니다. 상담원이 알려 드릴 수 있습니다.',
    again: '도움이 되지 못해 죄송합니다. 다음 중 하나인가요?',
    calling: '지금 상담원을 연결하고 있습니다. 이 페이지를 닫아도 대기 순서는 유지됩니다.',
    fallback: '아직 한국어로 검토된 답변이 없습니다. 영어 답변을 보여 드립니다.',
    listening: '도와드릴 일이 있으면 편하게 말씀해 주세요.',
  },
  ja: {
    offer: '正しく理解できているか確認させてください。次のどれかのことでしょうか。',
    unsure: 'このご質問には、確認済みの回答がありません。担当者がお答えできます。',
    again: 'お役に立てず申し訳ありません。次のどれかでしょうか。',
    calling: '今、担当者を呼び出しています。このページを閉じても、順番はそのままです。',
    fallback: '日本語の確認済みの回答はまだありません。英語の回答を表示します。',
    listening: 'お手伝いできることがあれば、ご自身の言葉でお書きください。',
  },
  ar: {
    offer: 'أريد أن أتأكد من أنني فهمتك جيدًا. هل تقصد أحد هذه الأسئلة؟',
    unsure: 'ليست لديّ إجابة تمت مراجعتها عن هذا. سيعرفها أحد موظفينا.',
    again: 'يؤسفني أن هذا لم يساعدك. هل سؤالك أحد هذه الأسئلة؟',
    calling: 'أستدعي لك موظفًا الآن. تحتفظ بدورك حتى لو أغلقت هذه الصفحة.',
    fallback: 'لا توجد بعد إجابة تمت مراجعتها بلغتك. إليك الإجابة بالإنجليزية.',
    listening: 'إن كان بإمكاني مساعدتك في شيء، فاكتب لي بكلماتك.',
  },
}
