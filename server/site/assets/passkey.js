// Asks the device for a passkey before a form is sent. Must run before page.js, which marks forms as sent.
// Without scripts the form says so on its next page, and a code does instead.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const answer = form.elements.namedItem('passkey');
  form.addEventListener('submit', (event) => {
    if (answer.value || event.submitter?.hasAttribute('formnovalidate')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void send(form, answer, event.submitter);
  });
}

async function send(form, answer, submitter) {
  const { passkey, options, failed } = form.dataset;
  try {
    const credential = await (passkey === 'make' ? make(options) : sign(options));
    answer.value = JSON.stringify(credential.toJSON());
    form.requestSubmit(submitter);
  } catch (error) {
    // Refused by the person, by the device, or not known to the browser: they may try again or take the other way.
    const told = form.querySelector('[data-told]');
    told.textContent = failed;
    told.hidden = false;
    console.info('no passkey:', error.name);
  }
}

function make(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
  return navigator.credentials.create({ publicKey });
}

function sign(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options));
  return navigator.credentials.get({ publicKey });
}
