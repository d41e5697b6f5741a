// What a call says around the code, by language: operators may say it otherwise in a carrier's settings.

export interface Prompts {
  /** A BCP 47 tag. */
  readonly language: string;
  /** Asks for a key before the code is said. */
  readonly press: string;
  /** Offers to say it again. */
  readonly again: string;
}

type Words = Omit<Prompts, 'language'>;

const english: Words = { press: 'Press any key to hear your code.', again: 'Press any key to hear it again.' };

const words: Readonly<Record<string, Words>> = {
  ar: { press: 'اضغط على أي مفتاح لسماع الرمز.', again: 'اضغط على أي مفتاح لسماعه مرة أخرى.' },
  bg: {
    press: 'Натиснете който и да е клавиш, за да чуете кода.',
    again: 'Натиснете който и да е клавиш, за да го чуете отново.',
  },
  de: {
    press: 'Drücken Sie eine beliebige Taste, um Ihren Code zu hören.',
    again: 'Drücken Sie eine beliebige Taste, um ihn noch einmal zu hören.',
  },
  el: {
    press: 'Πατήστε οποιοδήποτε πλήκτρο για να ακούσετε τον κωδικό σας.',
    again: 'Πατήστε οποιοδήποτε πλήκτρο για να τον ακούσετε ξανά.',
  },
  en: english,
  es: {
    press: 'Pulse cualquier tecla para escuchar su código.',
    again: 'Pulse cualquier tecla para escucharlo otra vez.',
  },
  fr: {
    press: 'Appuyez sur une touche pour entendre votre code.',
    again: 'Appuyez sur une touche pour l’entendre à nouveau.',
  },
  hi: { press: 'अपना कोड सुनने के लिए कोई भी बटन दबाएँ।', again: 'फिर से सुनने के लिए कोई भी बटन दबाएँ।' },
  it: {
    press: 'Prema un tasto qualsiasi per ascoltare il codice.',
    again: 'Prema un tasto qualsiasi per riascoltarlo.',
  },
  ja: {
    press: 'コードを聞くには、いずれかのキーを押してください。',
    again: 'もう一度聞くには、いずれかのキーを押してください。',
  },
  nl: { press: 'Druk op een toets om uw code te horen.', again: 'Druk op een toets om hem nog eens te horen.' },
  pl: {
    press: 'Naciśnij dowolny klawisz, aby usłyszeć kod.',
    again: 'Naciśnij dowolny klawisz, aby usłyszeć go ponownie.',
  },
  pt: {
    press: 'Pressione qualquer tecla para ouvir o seu código.',
    again: 'Pressione qualquer tecla para ouvir novamente.',
  },
  ro: { press: 'Apăsați orice tastă pentru a auzi codul.', again: 'Apăsați orice tastă pentru a-l auzi din nou.' },
  ru: {
    press: 'Нажмите любую клавишу, чтобы услышать код.',
    again: 'Нажмите любую клавишу, чтобы услышать его ещё раз.',
  },
  tr: { press: 'Kodunuzu duymak için herhangi bir tuşa basın.', again: 'Tekrar duymak için herhangi bir tuşa basın.' },
  uk: {
    press: 'Натисніть будь-яку клавішу, щоб почути код.',
    again: 'Натисніть будь-яку клавішу, щоб почути його ще раз.',
  },
  zh: { press: '请按任意键收听验证码。', again: '请按任意键再听一遍。' },
};

/**
 * The words for a language: the operator's for it or for its base, then ours, then English in English.
 * @param language a BCP 47 tag
 * @param own by language, as the operator gave them
 */
export function promptsFor(language: string, own: Readonly<Record<string, Words>> = {}): Prompts {
  const base = language.split('-')[0]?.toLowerCase() ?? '';
  const given = (tag: string) => Object.entries(own).find(([each]) => each.toLowerCase() === tag.toLowerCase())?.[1];
  const known = Object.hasOwn(words, base) ? words[base] : undefined;
  const found = given(language) ?? given(base) ?? known;
  return found ? { language, ...found } : { language: 'en', ...(given('en') ?? english) };
}
