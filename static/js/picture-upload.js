// Sends each picked picture at once, one request a picture, while the form is still being filled in. Whatever does not
// get through stays in the file input and goes with the form, as it would without this script.
// Words and address: reports/_upload.html. Load before image-preview.js and submit-once.js.
const FINAL = [409, 413, 422];
const BACK_OFF = [1000, 2000, 4000, 8000];
// A connection that moves nothing for so long is dead, whatever the phone says
const STALLED = 30000;

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
const connected = () => (navigator.onLine ? Promise.resolve() : new Promise((resolve) => {
  window.addEventListener("online", resolve, { once: true });
}));

function ofForm(form) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("key", form.elements.key.value);
  return body;
}

// One try. Resolves to {status, id, fault}; status 0 is a lost connection.
function post(picture, form, url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = ofForm(form);
    body.append("picture", picture.file, "picture");
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED);
    };
    request.upload.addEventListener("progress", (event) => {
      alive();
      picture.bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      clearTimeout(watch);
      const answer = request.response || {};
      resolve({ status: request.status, id: answer.id, fault: answer.fault });
    });
    request.open("POST", url);
    request.responseType = "json";
    picture.request = request;
    alive();
    request.send(body);
  });
}

function bind(box) {
  const previews = document.querySelector(`[data-previews-for="${box.dataset.uploadFor}"]`);
  const form = previews?.closest("form");
  if (!form) return;
  const words = box.dataset;
  const input = document.getElementById(words.uploadFor);
  const pictures = new Map();
  // Ids of held pictures whose card was taken back
  const takenBack = [];
  let limits = "";
  let settle = () => {};
  let isSending = false;
  let isLeaving = null;

  // The names of what this page shows: the server sends no other held picture along. Files of the same bytes share one.
  const shown = (id) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "shown_pictures", value: id });
    form.append(field);
    return field;
  };
  shown("");
  const allShown = () => [...form.querySelectorAll("[name=shown_pictures]")].filter((field) => field.value);

  const all = () => [...pictures.values()];
  const waiting = () => all().filter((picture) => ["waiting", "sending"].includes(picture.state));
  const sumUp = () => {
    const held = all().filter((other) => other.state === "held").length;
    const refused = all().some((other) => other.state === "refused");
    box.textContent = pictures.size ? words.count.replace("%n", held).replace("%a", pictures.size) : "";
    input.setCustomValidity(limits || (refused ? words.removeRefused : ""));
  };
  const say = (picture, state, text) => {
    picture.state = state;
    picture.bar.hidden = !["waiting", "sending"].includes(state);
    picture.words.textContent = text;
    picture.words.classList.toggle("text-danger", state === "refused");
    sumUp();
  };

  const sayHeld = () => all().filter((picture) => picture.field).forEach((picture) => {
    const fields = allShown();
    const first = fields.findIndex((field) => field.value === picture.field.value);
    const isFirst = fields[first] === picture.field;
    say(picture, "held", isFirst ? words.held : words.heldTwice.replace("%n", first + 1));
  });

  async function upload(picture) {
    for (const wait of [0, ...BACK_OFF]) {
      await pause(wait);
      if (!navigator.onLine) say(picture, "waiting", words.offline);
      await connected();
      if (!pictures.has(picture.file)) return;
      say(picture, "sending", words.sending);
      const answer = await post(picture, form, words.url);
      if (!pictures.has(picture.file)) return;
      if (answer.id) {
        picture.field = shown(answer.id);
        settle(picture.file);
        sayHeld();
        return;
      }
      if (FINAL.includes(answer.status)) {
        settle(picture.file);
        picture.words.closest("li").querySelector(".previews__blank")?.replaceChildren();
        say(picture, "refused", answer.fault);
        return;
      }
      say(picture, "waiting", words.again);
      if (answer.status && answer.status < 500) break;
    }
    say(picture, "with-form", words.withForm);
  }

  async function work() {
    if (isSending) return;
    isSending = true;
    while (takenBack.length || waiting().length) await (takenBack.length ? drop(takenBack.pop()) : upload(waiting()[0]));
    isSending = false;
    const button = isLeaving;
    isLeaving = null;
    if (button) form.requestSubmit(button.isConnected ? button : null);
  }

  // In line with the uploads, for the same bytes may be on their way once more. Best effort: not being shown is what
  // keeps a picture out of the report.
  async function drop(id) {
    if (allShown().some((field) => field.value === id)) return;
    const body = ofForm(form);
    body.append("id", id);
    // Phones of before 2022 know no such signal; they wait as long as the network does.
    const signal = AbortSignal.timeout?.(STALLED);
    await fetch(words.dropUrl, { method: "POST", body, keepalive: true, signal }).catch(() => {});
  }

  function forget(picture) {
    pictures.delete(picture.file);
    picture.request?.abort();
    if (!picture.field) return;
    takenBack.push(picture.field.value);
    picture.field.remove();
    sayHeld();
  }

  previews.addEventListener("previews:change", ({ detail }) => {
    ({ settle } = detail);
    limits = detail.problem;
    all().filter((picture) => !detail.cards.has(picture.file)).forEach(forget);
    detail.cards.forEach((card, file) => {
      if (pictures.has(file)) return;
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", `${words.sending} ${file.name}`);
      const text = document.createElement("span");
      text.className = "previews__state";
      card.querySelector("button").before(bar, text);
      pictures.set(file, { file, bar, words: text, state: "waiting" });
    });
    sumUp();
    // Beyond the limits nothing is sent until something is taken back
    if (!limits) work();
  });

  form.addEventListener("submit", (event) => {
    if (!waiting().length && navigator.onLine) return;
    event.preventDefault();
    box.textContent = navigator.onLine ? words.leaving : words.offlineSubmit;
    if (waiting().length) isLeaving = event.submitter;
  });
}

document.querySelectorAll("[data-upload-for]").forEach(bind);
