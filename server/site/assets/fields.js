// Comfort only: every form of fields works without this script.
const form = document.querySelector('form[data-draft]');
const SAVE_AFTER_MS = 1500;

// A field that another one says is not asked is out of sight; the server leaves it out in any case.
function typedIn(name) {
  const controls = [...form.querySelectorAll(`[name="${name}"]`)];
  const chosen = controls.find((control) => control.type !== 'radio' || control.checked);
  return chosen ? chosen.value : '';
}
function showAsked() {
  for (const field of form.querySelectorAll('[data-when]')) {
    const typed = typedIn(field.dataset.when);
    const wanted = JSON.parse(field.dataset.is);
    field.hidden = !wanted.includes(typed === 'no' ? '' : typed);
    for (const control of field.querySelectorAll('input, select, textarea')) control.disabled = field.hidden;
  }
}

// What is typed is kept as it is typed; files come with the form itself.
let waiting;
async function save() {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') data.append(name, value);
  const note = document.querySelector('[data-saved]');
  try {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body: data });
    note.textContent = answer.ok ? note.dataset.saved : note.dataset.unsaved;
  } catch {
    note.textContent = note.dataset.unsaved;
  }
}
if (form) {
  for (const note of form.querySelectorAll('[data-noscript]')) note.hidden = true;
  showAsked();
  form.addEventListener('input', () => {
    showAsked();
    clearTimeout(waiting);
    waiting = setTimeout(save, SAVE_AFTER_MS);
  });
  form.addEventListener('submit', () => clearTimeout(waiting));
}
