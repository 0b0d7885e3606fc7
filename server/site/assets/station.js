// Comfort of the validation station: boxes on focus, alternatives, zoom. Deciding works without it.
const views = document.querySelector('.views');

/** Shows the box of a field on the page and brings it into view. */
function show(path) {
  for (const box of document.querySelectorAll('rect.shown')) box.classList.remove('shown');
  const box = [...document.querySelectorAll('rect[data-box]')].find((candidate) => candidate.dataset.box === path);
  if (!box || !views) return;
  box.classList.add('shown');
  const frame = views.getBoundingClientRect();
  const at = box.getBoundingClientRect();
  views.scrollBy({ top: at.top - frame.top - frame.height / 3, left: at.left - frame.left - frame.width / 3 });
}

document.addEventListener('focusin', (event) => {
  const field = event.target.closest('[data-path]');
  if (field) show(field.dataset.path);
});

// Other readings: by touch, or by Alt and their number while the field has the focus.
for (const list of document.querySelectorAll('.alternatives')) list.hidden = false;
function choose(button) {
  const input = document.getElementById(button.dataset.for);
  input.value = button.dataset.value;
  input.focus();
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('.alternatives button');
  if (button) choose(button);
});
document.addEventListener('keydown', (event) => {
  if (!event.altKey || !/^Digit[1-9]$/.test(event.code)) return;
  const buttons = document.activeElement?.closest('.field')?.querySelectorAll('.alternatives button') ?? [];
  const button = buttons[Number(event.code.slice(-1)) - 1];
  if (!button) return;
  event.preventDefault();
  choose(button);
});

// Alt and the arrow keys lead from one field that needs a look to the next.
document.addEventListener('keydown', (event) => {
  if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const fields = [...document.querySelectorAll('.fields .field input')];
  const doubtful = (field) => field.closest('.wrong, .unsure, .missing, .repaired, .likely') !== null;
  const here = fields.indexOf(document.activeElement);
  const next =
    event.key === 'ArrowDown'
      ? fields.find((field, at) => at > here && doubtful(field))
      : fields.findLast((field, at) => at < here && doubtful(field));
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// What is typed is kept on the server, and everyone is told of others who have the same document open.
const form = document.getElementById('station');
const saved = document.querySelector('.saved');
const company = document.querySelector('.others');
/** A pause in typing; longer, and a crash would take a field with it. */
const PAUSE_MS = 800;
/** The server takes a page for closed after three of these. */
const OPEN_MS = 10_000;
let pause;
let sent = false;

async function tell(typed) {
  const data = new FormData(form);
  if (typed) data.set('typed', 'yes');
  try {
    const response = await fetch(form.dataset.draft, { method: 'POST', body: data });
    if (!response.ok) throw new Error(String(response.status));
    const { state, others = [] } = await response.json();
    if (sent) return;
    if (typed) saved.textContent = saved.dataset.saved;
    if (state === 'over') saved.textContent = saved.dataset.over;
    company.hidden = others.length === 0;
    company.textContent = company.dataset.together.replace('{names}', others.join(', '));
  } catch {
    if (typed && !sent) saved.textContent = saved.dataset.unsaved;
  }
}
function keep() {
  clearTimeout(pause);
  pause = setTimeout(() => void tell(true), PAUSE_MS);
}
if (form?.dataset.draft) {
  form.addEventListener('input', keep);
  form.addEventListener('submit', () => {
    sent = true;
    clearTimeout(pause);
  });
  void tell(false);
  setInterval(() => void (sent || tell(false)), OPEN_MS);
}

// Zoom and rotation of the page.
const tools = document.querySelector('.tools');
const state = { zoom: 0, turn: 0 };
if (tools && views) {
  tools.hidden = false;
  const turnTo = (act) => {
    if (act === 'in') state.zoom = Math.min(3, state.zoom + 1);
    if (act === 'out') state.zoom = Math.max(0, state.zoom - 1);
    if (act === 'turn') state.turn = (state.turn + 1) % 4;
    views.className = `views zoom-${state.zoom} turn-${state.turn}`;
    show(document.activeElement?.closest('[data-path]')?.dataset.path);
  };
  tools.addEventListener('click', (event) => turnTo(event.target.closest('button')?.dataset.act));
  const keys = { KeyR: 'turn', Equal: 'in', NumpadAdd: 'in', Minus: 'out', NumpadSubtract: 'out' };
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || !(event.code in keys)) return;
    event.preventDefault();
    turnTo(keys[event.code]);
  });
}

// The first field to look at: one that is wrong, else one that the reader was not sure of.
const first =
  document.querySelector('.wrong input') ??
  document.querySelector('.field.unsure input, .field.missing input, .field.repaired input') ??
  document.querySelector('.field.likely input') ??
  document.querySelector('.field input');
first?.focus({ preventScroll: true });
first?.scrollIntoView({ block: 'nearest' });
if (first) show(first.closest('[data-path]')?.dataset.path);
// Before the page images are there, the box has no place yet.
addEventListener('load', () => show(document.activeElement?.closest('[data-path]')?.dataset.path));
