// Reading aloud with a voice of this very computer: no text leaves it. Without such a voice there is no button.

function voiceFor(language) {
  if (!("speechSynthesis" in window)) return null;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language)) || null;
}

export function whenVoices(show) {
  if (!("speechSynthesis" in window)) return;
  show();
  speechSynthesis.addEventListener("voiceschanged", show);
}

export const canSpeak = (language) => Boolean(voiceFor(language));

export function speak(parts, language) {
  const voice = voiceFor(language);
  if (!voice) return;
  speechSynthesis.cancel();
  for (const part of parts.filter(Boolean)) {
    const saying = new SpeechSynthesisUtterance(part);
    saying.voice = voice;
    saying.lang = voice.lang;
    saying.rate = 0.9;
    speechSynthesis.speak(saying);
  }
}

export const hush = () => window.speechSynthesis?.cancel();
