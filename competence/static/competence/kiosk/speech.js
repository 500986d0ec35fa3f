// Reading aloud: what a person has recorded, else a voice of this very computer (no text leaves it), else there is no button.

const player = new Audio();
player.preload = "none";
let saying = null; // kept here: Chromium forgets the end of an utterance that nothing names
let turn = 0; // counts up whenever something else is heard: what was begun before stays silent

function voiceFor(language) {
  if (!("speechSynthesis" in window)) return null;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language)) || null;
}

export function whenVoices(show) {
  show();
  window.speechSynthesis?.addEventListener("voiceschanged", show);
}

export const canSpeak = (language) => Boolean(voiceFor(language));

// The recordings of question and hint that the button names, in the language that is shown.
export const recorded = (button, l1) => ["label", "hint"].map((part) => button?.getAttribute(`data-${l1 ? "l1" : "de"}-${part}`) || "");

function play(address) {
  return new Promise((done) => {
    const over = (heard) => () => { player.onended = player.onerror = null; done(heard); };
    player.onended = over(true);
    player.onerror = over(false);
    player.src = address;
    player.play().catch(over(false));
  });
}

function say(words, language) {
  const voice = voiceFor(language);
  if (!voice) return Promise.resolve();
  return new Promise((done) => {
    saying = new SpeechSynthesisUtterance(words);
    saying.voice = voice;
    saying.lang = voice.lang;
    saying.rate = 0.9;
    saying.onend = saying.onerror = done;
    speechSynthesis.speak(saying);
  });
}

// Part by part; one whose recording cannot be played is spoken by the voice.
export async function speak(parts, language, files = []) {
  hush();
  const mine = turn;
  for (const [number, words] of parts.entries()) {
    if (mine !== turn) return;
    if (files[number] && (await play(files[number]))) continue;
    if (words && mine === turn) await say(words, language);
  }
}

export function hush() {
  turn += 1;
  player.onended = player.onerror = null;
  player.pause();
  window.speechSynthesis?.cancel();
}
