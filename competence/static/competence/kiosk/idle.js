// Four minutes without a touch: a question whether somebody is there. Five: the session is over (the server sees to it as well).

const WARN = 4 * 60_000;
const END = 5 * 60_000 + 3000; // a little after the server
const TELL = 15_000;

export function watch({ onWarn, onBack, onEnd, tell }) {
  let touched = Date.now();
  let told = Date.now();
  let warned = false;
  const touch = () => {
    touched = Date.now();
    if (warned) { warned = false; onBack(); told = 0; }
    if (touched - told > TELL) { told = touched; tell(); }
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(kind, touch, { passive: true, capture: true });
  setInterval(() => {
    const idle = Date.now() - touched;
    if (idle >= END) onEnd();
    else if (idle >= WARN && !warned) { warned = true; onWarn(); }
  }, 1000);
}
