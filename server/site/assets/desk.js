// Comfort only: every page works without this script.
// One box chooses all.
for (const list of document.querySelectorAll('form.bulk')) {
  const boxes = [...list.querySelectorAll('input[name="chosen"]')];
  const all = list.querySelector('input[data-all]');
  if (!all) continue;
  all.closest('label').hidden = false;
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
  });
}
