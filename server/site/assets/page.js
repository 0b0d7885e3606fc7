// Comfort only: every page works without this script.
// A form that has been sent shows it, so that nobody wonders whether the touch arrived. The run judges doubles anyway.
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    // Disabled at once, the button's own value would not be sent.
    setTimeout(() => {
      for (const button of form.querySelectorAll('button')) button.disabled = true;
    });
  });
}

// Coming back with the browser's button shows the state of now, not a remembered form.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// Opening "Reject…" goes straight to the reason.
for (const details of document.querySelectorAll('details')) {
  details.addEventListener('toggle', () => {
    if (details.open) details.querySelector('textarea, select')?.focus();
  });
}
