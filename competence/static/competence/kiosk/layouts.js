// The letters of the ten languages as their keyboards order them; rows are parted by "|". What stands in `word` is a key of its own.
const SIGNS = "1 2 3 4 5 6 7 8 9 0 | . , ? ! - ' : ( ) + / @";

export const LAYOUTS = {
  de: { rows: "q w e r t z u i o p ü | a s d f g h j k l ö ä | y x c v b n m ß , .", cased: true },
  ru: { rows: "й ц у к е н г ш щ з х ъ | ф ы в а п р о л д ж э | я ч с м и т ь б ю ё , .", cased: true },
  uk: { rows: "й ц у к е н г ш щ з х ї | ф і в а п р о л д ж є | я ч с м и т ь б ю ґ ’ , .", cased: true },
  ar: {
    rows: "ض ص ث ق ف غ ع ه خ ح ج د | ش س ي ب ل ا ت ن م ك ط ذ | ئ ء ؤ ر ى ة و ز ظ أ إ آ ، .", rtl: true,
    signs: "1 2 3 4 5 6 7 8 9 0 | . ، ؟ ! - : ( ) ؛ / @ + | َ ُ ِ ّ ْ ً ٌ ٍ",
  },
  fa: {
    rows: "ض ص ث ق ف غ ع ه خ ح ج چ | ش س ی ب ل ا ت ن م ک گ | ظ ط ز ر ذ د پ و ژ ئ آ أ ء ، .", rtl: true,
    signs: "۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹ ۰ | . ، ؟ ! - : ( ) ؛ / @ +", word: { text: "\u200c", face: "نیم‌فاصله" },
  },
  tr: { rows: "q w e r t y u ı o p ğ ü | a s d f g h j k l ş i | z x c v b n m ö ç , .", cased: true },
  vi: {
    rows: "q w e r t y u i o p | a s d f g h j k l đ | z x c v b n m , . | ă â ê ô ơ ư", cased: true,
    tones: { "\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng" },
  },
  ku: { rows: "q w e r t y u i o p û | a s d f g h j k l ş î | z x c v b n m ç ê , .", cased: true },
  en: { rows: "q w e r t y u i o p | a s d f g h j k l ' | z x c v b n m , .", cased: true },
  fr: { rows: "a z e r t y u i o p | q s d f g h j k l m | w x c v b n ' , . | é è ê ë à â ç î ï ô œ ù û", cased: true },
};

export const rowsOf = (code, signs) => {
  const layout = LAYOUTS[code];
  return (signs ? layout.signs || SIGNS : layout.rows).split(" | ").map((row) => row.split(" "));
};

// Vietnamese: a tone belongs to one vowel of the syllable before the caret; the same tone again takes it away. NFC throughout.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const bare = (letter) => letter.normalize("NFD").replace(TONES, "").normalize("NFC");
const isVowel = (letter) => /[aăâeêioôơuưy]/i.test(bare(letter));

function placeOf(letters) {
  let end = letters.length - 1;
  while (end >= 0 && /\p{L}/u.test(letters[end]) && !isVowel(letters[end])) end -= 1;
  if (end < 0 || !isVowel(letters[end])) return -1;
  let start = end;
  while (start > 0 && isVowel(letters[start - 1])) start -= 1;
  // In "qu" and "gi" the second letter belongs to the consonant, if another vowel follows.
  const before = (letters[start - 1] || "").toLowerCase() + bare(letters[start]).toLowerCase();
  if (start < end && (before === "qu" || before === "gi")) start += 1;
  for (let place = end; place >= start; place -= 1) if (/[ăâêôơư]/i.test(bare(letters[place]))) return place;
  if (end === start || end < letters.length - 1) return end;
  const pair = bare(letters[end - 1]).toLowerCase() + bare(letters[end]).toLowerCase();
  return ["oa", "oe", "uy"].includes(pair) ? end : end - 1;
}

export function withTone(text, tone) {
  const [word] = text.normalize("NFC").match(/[\p{L}\p{M}]*$/u);
  const letters = [...word];
  const place = placeOf(letters);
  if (place < 0) return text;
  const plain = bare(letters[place]);
  const toned = (plain + tone).normalize("NFC");
  const had = letters.join("");
  for (const [spot, letter] of letters.entries()) if (isVowel(letter)) letters[spot] = bare(letter);
  letters[place] = toned;
  if (letters.join("") === had) letters[place] = plain;
  return text.normalize("NFC").slice(0, -word.length) + letters.join("");
}
