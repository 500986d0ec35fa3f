// Recording a text in the browser: the sound goes into the file field of the form and is sent like a chosen file. Listened to
// without an address of its own, so that the Content-Security-Policy needs no exception.

const LONGEST = 120; // seconds
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const ENDS = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };

function ready(form) {
  const kind = KINDS.find((one) => window.MediaRecorder?.isTypeSupported(one));
  if (!kind || !navigator.mediaDevices) return;
  const find = (name) => form.querySelector(`[data-${name}]`);
  const file = form.querySelector("input[type=file]");
  const say = (words) => { find("said").textContent = words; };
  let recorder = null;
  let clock = 0;
  let playing = null;

  function show(running) {
    find("record").hidden = running;
    find("stop").hidden = !running;
    find("listen").hidden = running || !file.files.length;
    (running ? find("stop") : find("listen").hidden ? find("record") : find("listen")).focus();
  }

  function keep(parts, tooLong) {
    const type = kind.split(";")[0];
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Blob(parts, { type })], `recording.${ENDS[type]}`, { type }));
    file.files = transfer.files;
    say(tooLong ? form.dataset.tooLong : form.dataset.ready);
    show(false);
  }

  async function record() {
    playing?.close();
    playing = null;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      say(form.dataset.refused);
      return;
    }
    const parts = [];
    const began = performance.now();
    let tooLong = false;
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 48_000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      keep(parts, tooLong);
    });
    recorder.start();
    say("");
    show(true);
    clock = setInterval(() => {
      const seconds = Math.floor((performance.now() - began) / 1000);
      find("seconds").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= LONGEST && recorder.state === "recording") {
        tooLong = true;
        recorder.stop();
      }
    }, 250);
  }

  async function listen() {
    playing?.close();
    playing = new AudioContext();
    const source = playing.createBufferSource();
    source.buffer = await playing.decodeAudioData(await file.files[0].arrayBuffer());
    source.connect(playing.destination);
    source.start();
  }

  find("record").addEventListener("click", record);
  find("stop").addEventListener("click", () => recorder?.stop());
  find("listen").addEventListener("click", listen);
  file.addEventListener("change", () => { find("listen").hidden = !file.files.length; });
  find("with-script").hidden = false;
}

for (const form of document.querySelectorAll("form[data-recorder]")) ready(form);
